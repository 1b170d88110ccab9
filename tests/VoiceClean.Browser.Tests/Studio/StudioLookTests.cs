using PuppeteerSharp;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>
/// The screens of the studio, looked at by axe in both themes and both languages, on a desk and on a telephone; with
/// VOICECLEAN_SCREENSHOTS=folder each leaves its picture.
/// </summary>
public sealed class StudioLookTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    public static TheoryData<bool, string> Looks { get; } = new(
        from isDark in new[] { false, true }
        from language in StudioOptions.Languages
        select (isDark, language));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_studio_keeps_nobody_out(bool isDark, string language)
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert, second take.wav");
        await using StudioPage page = await browser.Open(folder.Path, folder["out"], language, isDark);
        string name = $"studio-{language}-{(isDark ? "dark" : "light")}";
        await page.Start();
        await page.Until("document.querySelectorAll('#file-list .waiting').length === 0", "all are inspected");
        Assert.Equal(language, await page.Watched.Ask<string>("document.documentElement.lang"));
        await page.Click("mark-end");
        await Look(page, name);
        await page.Watched.Page.EvaluateExpressionAsync(
            "document.querySelectorAll('details').forEach(d => { d.open = true; })");
        await Look(page, name + "-unfolded");
        await page.Click("tab-gain");
        await page.Click("help");
        await Look(page, name + "-keys");
    }

    [Fact]
    public async Task A_page_without_its_key_says_what_to_do()
    {
        await using StudioPage page = await browser.Open(null);
        await page.Watched.Go(page.Address);
        await page.Until("document.getElementById('notice')", "it says something");
        Assert.Contains("terminal", await page.Text("notice"), StringComparison.Ordinal);
        await page.Watched.AssertAccessible("without a key");
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('tools').hidden"), "No button is left dead.");
        Assert.Equal("", await page.Text("state-more"));
        await page.Watched.Keep("studio-no-key");
    }

    [Theory]
    [InlineData("en", "no recordings")]
    [InlineData("zh-CN", "没有录音")]
    public async Task A_studio_without_recordings_says_so_and_what_to_do(string language, string words)
    {
        using var folder = new TemporaryFolder();
        await using StudioPage page = await browser.Open(folder.Path, language: language);
        await page.Watched.Go(page.Keyed);
        await page.Until("document.getElementById('state').classList.contains('closed')", "it stands");
        await page.Until("document.getElementById('name').textContent !== ''", "it says something");
        Assert.Contains(words, await page.Text("name"), StringComparison.Ordinal);
        Assert.Equal("", await page.Text("files-state"));
        await page.Watched.Press("x", " ", "n", "c", ".", "g", "Home", "+");
        Assert.False(await page.Watched.Ask<bool>("Boolean(document.querySelector('dialog[open]'))"));
        await Look(page, "studio-empty-" + language);
    }

    [Fact]
    public async Task Whatever_is_said_beside_a_name_stays_on_a_telephone()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Page.SetViewportAsync(new ViewPortOptions { Width = 390, Height = 844 });
        await page.Watched.Page.EvaluateExpressionAsync(
            "document.getElementById('facts').append(' of an hour and a half, of which ten minutes are open at once')");
        Assert.True(await page.Watched.Ask<bool>("document.documentElement.scrollWidth <= 390"));
    }

    private static async Task Look(StudioPage page, string name)
    {
        WatchedPage watched = page.Watched;
        await page.Until("document.getAnimations().length === 0", "nothing moves");
        await watched.AssertAccessible(name);
        await watched.Keep(name);
        await watched.Page.SetViewportAsync(new ViewPortOptions { Width = 390, Height = 844 });
        Assert.True(
            await watched.Ask<bool>("document.documentElement.scrollWidth <= 390"),
            $"{name} is wider than a telephone.");
        await watched.AssertAccessible(name + "-390");
        await watched.Keep(name + "-390", isWhole: !name.EndsWith("keys", StringComparison.Ordinal));
        await watched.Page.SetViewportAsync(new ViewPortOptions { Width = 1280, Height = 800 });
    }
}
