using PuppeteerSharp;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>
/// The screens of the microphone check, looked at by axe in both themes and both languages, on a desk and on a
/// telephone; with VOICECLEAN_SCREENSHOTS=folder each leaves its picture.
/// </summary>
public sealed class MicrophoneLookTests(VoiceFixture browser) : IClassFixture<VoiceFixture>
{
    public static TheoryData<bool, string> Looks { get; } = new(
        from isDark in new[] { false, true }
        from language in StudioOptions.Languages
        select (isDark, language));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_microphone_check_keeps_nobody_out(bool isDark, string language)
    {
        await using MicrophonePage page = await browser.Open(isDark);
        string name = $"mic-{language}-{(isDark ? "dark" : "light")}";
        await page.Go("?lang=" + language);
        Assert.Equal(language, await page.Watched.Ask<string>("document.documentElement.lang"));
        await Look(page, name + "-ready");
        await page.Listen(0.5);
        await Look(page, name + "-silent");
        await page.Heard(5.5);
        await Look(page, name + "-reading");
        await page.Finish();
        await Look(page, name + "-result");
        await page.Watched.Ask<string>(
            "MediaStreamTrack.prototype.getSettings = () => ({ noiseSuppression: true }); 'done'");
        await page.Watched.Page.ClickAsync("#again");
        await page.State("stopped");
        await Look(page, name + "-stopped");
    }

    private static async Task Look(MicrophonePage page, string name)
    {
        WatchedPage watched = page.Watched;
        await watched.AssertAccessible(name);
        await watched.Keep(name);
        await watched.Page.SetViewportAsync(new ViewPortOptions { Width = 390, Height = 844 });
        Assert.True(
            await watched.Ask<bool>("document.documentElement.scrollWidth <= 390"),
            $"{name} is wider than a telephone.");
        await watched.AssertAccessible(name + "-390");
        await watched.Keep(name + "-390", isWhole: true);
        await watched.Page.SetViewportAsync(new ViewPortOptions { Width = 1280, Height = 800 });
    }
}
