using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>A page whose studio does not answer: what it says, what it lets somebody do, and how it goes on.</summary>
public sealed class StudioLineTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    private const string IsExact = "document.getElementById('state')?.classList.contains('exact')",
        IsCut = "document.getElementById('state').classList.contains('gone')";

    // A studio that is away and comes back as it was: to the page it makes no difference which of the two went away.
    private const string Cut = """
        window.realFetch ??= window.fetch;
        window.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
        """, Restore = "window.fetch = window.realFetch";

    [Fact]
    public async Task A_page_whose_studio_has_ended_says_so_and_nothing_can_be_changed()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Server.StopAsync();
        await page.Until(IsCut, "it says so");
        Assert.Contains("does not answer", await page.Text("cut"), StringComparison.Ordinal);
        await page.Watched.AssertAccessible("cut");
        await page.Watched.Press(",", "n", "x", "g");
        Assert.Equal("0.60", await page.Text("strength-value"));
        Assert.Equal(0, await page.Watched.Ask<int>("document.querySelectorAll('dialog[open]').length"));
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('strength').closest('[inert]') !== null"));
        await page.Watched.Press("1");
        Assert.Equal("true", await page.Watched.Ask<string>("document.getElementById('hear-before').ariaPressed"));
        page.IsDown = true;
    }

    [Fact]
    public async Task A_page_goes_on_with_its_settings_as_soon_as_the_studio_answers_again()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Ask<object>(Cut);
        await page.Watched.Press(",");
        await page.Until(IsCut, "it says so");
        Assert.False(await page.Watched.Ask<bool>("document.getElementById('cut').hidden"));
        await page.Watched.Ask<object>(Restore);
        await page.Until(IsExact, "it goes on");
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('cut').hidden"));
        Assert.Equal(0, await page.Watched.Ask<int>("document.querySelectorAll('[inert]').length"));
        Assert.EndsWith("--strength 0.55", await page.Text("command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_was_being_opened_is_opened_when_the_studio_answers_again()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Ask<object>(Cut);
        await page.Choose("bert.wav");
        await page.Until(IsCut, "it says so");
        await page.Watched.Ask<object>(Restore);
        await page.Until(IsExact, "it goes on");
        Assert.Equal("bert.wav", await page.Text("name"));
        Assert.Contains("bert.wav", await page.Text("command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_run_on_the_same_port_is_told_apart()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Server.StopAsync();
        await page.Until(IsCut, "it says so");
        await using var other = new StudioServer(
            new StudioOptions { Source = folder.Path, Port = page.Address.Port, Language = "en" });
        _ = await other.StartAsync();
        await page.Until("document.getElementById('cut').textContent.includes('started anew')", "it says so");
        page.IsDown = true;
    }
}
