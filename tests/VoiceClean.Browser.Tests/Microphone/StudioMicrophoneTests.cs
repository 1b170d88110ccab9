using VoiceClean.Browser.Tests.Studio;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>The microphone check of the studio.</summary>
public sealed class StudioMicrophoneTests(VoiceFixture browser) : IClassFixture<VoiceFixture>
{
    [Fact]
    public async Task A_take_is_opened_in_the_studio_like_any_recording()
    {
        var server = new StudioServer(new StudioOptions { Language = "en" });
        var address = new Uri(await server.StartAsync());
        WatchedPage watched = await browser.OpenPage(isAllowed: u => u.Authority == address.Authority);
        await using var page = new StudioPage(server, address, watched);
        await watched.Go(new Uri(address, "/mic#token=" + server.Token));
        await page.Until("window.microphoneCheck", "the page is there");
        Assert.Contains("token=" + server.Token, await watched.Ask<string>("document.getElementById('back').href"),
            StringComparison.Ordinal);
        await watched.Page.ClickAsync("#begin");
        await page.Until("(microphoneCheck.take?.seconds ?? 0) > 7", "something was heard");
        await watched.Page.ClickAsync("#done");
        await page.Until("document.body.dataset.state === 'result'", "there is a result");
        string verdict = await watched.Ask<string>("microphoneCheck.figures.record.inspection.verdict");
        await Task.WhenAll(watched.Page.WaitForNavigationAsync(), watched.Page.ClickAsync("#studio"));
        await page.Until("document.getElementById('state')?.classList.contains('exact')", "it is cleaned");
        Assert.Equal("take-1.wav", await page.Text("name"));
        Assert.Contains(verdict, await page.Text("facts"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", await watched.Ask<string>("location.hash"));
    }
}
