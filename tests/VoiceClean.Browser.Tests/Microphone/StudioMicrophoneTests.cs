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
        await using StudioPage page = await Open();
        WatchedPage watched = page.Watched;
        Assert.Contains("token=" + page.Server.Token, await watched.Ask<string>("document.getElementById('back').href"),
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

    [Fact]
    public async Task A_page_that_is_loaded_again_still_knows_its_studio()
    {
        await using StudioPage page = await Open();
        await page.Watched.Page.ReloadAsync();
        await page.Until("window.microphoneCheck", "the page is there");
        await page.Click("begin");
        await page.Until("(microphoneCheck.take?.seconds ?? 0) > 1 && microphoneCheck.figures", "it is listened to");
        await page.Click("cancel");
    }

    [Fact]
    public async Task A_studio_that_has_ended_is_spoken_of()
    {
        await using StudioPage page = await Open();
        await page.Server.StopAsync();
        await page.Click("begin");
        await page.Until("document.body.dataset.state === 'stopped'", "it stops");
        Assert.Contains("Is it still running?", await page.Text("bars"), StringComparison.Ordinal);
        page.IsDown = true;
    }

    private async Task<StudioPage> Open()
    {
        var server = new StudioServer(new StudioOptions { Language = "en" });
        var address = new Uri(await server.StartAsync());
        WatchedPage watched = await browser.OpenPage(isAllowed: u => u.Authority == address.Authority);
        var page = new StudioPage(server, address, watched);
        await watched.Go(new Uri(address, "/mic#token=" + server.Token));
        await page.Until("window.microphoneCheck", "the page is there");
        return page;
    }
}
