using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>A page of the studio that is left, loaded again, or goes from one recording to another.</summary>
public sealed class StudioAgainTests(StudioFixture browser) : IClassFixture<StudioFixture>
{
    private const string IsExact = "document.getElementById('state')?.classList.contains('exact')";

    [Fact]
    public async Task A_page_that_is_loaded_again_still_knows_its_studio_and_the_address_does_not_tell()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        Assert.Equal(page.Address.AbsoluteUri, page.Watched.Page.Url);
        await page.Watched.Page.ReloadAsync();
        await page.Until(IsExact, "it is there again");
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_has_its_recording_and_settings_and_undo_goes_on()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Choose("bert.wav");
        await page.Until(IsExact, "it is done");
        await page.Watched.Press(",", ",");
        await page.Until("document.getElementById('command').textContent.includes('--strength 0.5')", "it is done");
        string command = await page.Text("command");
        await page.Watched.Page.ReloadAsync();
        await page.Until(IsExact, "it is there again");
        Assert.Equal((command, "bert.wav"), (await page.Text("command"), await page.Text("name")));
        await page.Watched.Press("u");
        Assert.Equal("0.55", await page.Text("strength-value"));
    }

    [Fact]
    public async Task A_page_that_was_left_and_is_gone_back_to_is_as_it_was()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Press(",", ",");
        await page.Until("document.getElementById('command').textContent.includes('--strength 0.5')", "it is done");
        await page.Watched.Go(new Uri(page.Address, "/js/dom.js"));
        await page.Watched.Page.GoBackAsync();
        await page.Until(IsExact, "it is there again");
        Assert.EndsWith("--strength 0.5", await page.Text("command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_is_written_anew_while_it_is_open_is_not_saved_as_what_it_was()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder["anna.wav"], folder["out"]);
        await page.Start();
        File.WriteAllBytes(folder["anna.wav"], TestWav.Pcm16(32_000, SyllablesInNoise.Make(5, seed: 8)));
        await page.Click("save");
        await page.Until("document.getElementById('told').textContent.startsWith('Not saved')", "it says so");
        Assert.False(Directory.Exists(folder["out"]) && Directory.EnumerateFiles(folder["out"]).Any());
        await page.Until("document.getElementById('length').textContent === '0:05.0'", "the new one is open");
        await page.Until(IsExact, "it is exact");
        page.Expected = "404 (Not Found)";
    }

    [Fact]
    public async Task The_list_says_what_a_recording_is_now_when_it_has_changed_or_is_gone()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Choose("bert.wav");
        await page.Until("document.getElementById('name').textContent === 'bert.wav'", "it is chosen");
        await page.Until(IsExact, "it is exact");
        page.Expected = "404 (Not Found)";
        File.WriteAllBytes(folder["bert.wav"], TestWav.Pcm16(32_000, WhiteNoise.Uniform(96_000, 3, 0.2)));
        await page.Click("stronger");
        await page.Until("document.querySelector('[aria-current=true] .hopeless')", "it is hopeless");
        File.Delete(folder["bert.wav"]);
        await page.Click("stronger");
        await page.Until(
            "document.querySelector('[aria-current=true]').textContent.includes('Not found')",
            "it is gone");
        Assert.Contains("Not found", await page.Text("facts"), StringComparison.Ordinal);
        string session = await page.Watched.Ask<string>(
            "fetch('/api/session', { headers: { 'X-VoiceClean-Token': history.state.token } }).then(a => a.text())");
        Assert.Contains("not_found", session, StringComparison.Ordinal);
        page.Watched.TakeFaults();
    }

    [Fact]
    public async Task Settings_that_refuse_a_recording_leave_nothing_of_the_result_before_them()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path, folder["out"]);
        await page.Start();
        await page.Watched.Page.EvaluateExpressionAsync(
            "document.querySelectorAll('.fold').forEach(f => { f.open = true; })");
        await page.Type("opt-min-snr", "60");
        await page.Until("document.getElementById('state').classList.contains('refused')", "it is refused");
        page.Watched.TakeFaults();      // the browser notes the 422 on its console
        Assert.Contains("60", await page.Text("why"), StringComparison.Ordinal);
        Assert.Equal("", await page.Text("command"));
        Assert.Equal("", await page.Text("matched"));
        Assert.Equal(0, await page.Watched.Ask<int>("document.querySelectorAll('#over .cuts > *').length"));
        Assert.DoesNotMatch("[0-9]", await page.Text("live"));
        Assert.Contains(
            "– ",
            await page.Watched.Ask<string>("document.querySelector('[data-signal=after] canvas').ariaLabel"),
            StringComparison.Ordinal);
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('hear-after').disabled"));
        Assert.Equal(
            "true",
            await page.Watched.Ask<string>("document.getElementById('hear-before').ariaPressed"));
        Assert.Equal(
            await page.Watched.Ask<string>("getComputedStyle(document.getElementById('download')).backgroundColor"),
            await page.Watched.Ask<string>("getComputedStyle(document.getElementById('save')).backgroundColor"));
        await page.Click("undo");
        await page.Until(IsExact, "it is there again");
        Assert.Equal(
            "true",
            await page.Watched.Ask<string>("document.getElementById('hear-after').ariaPressed"));
        Assert.Matches("[0-9]", await page.Text("live"));
    }

    [Fact]
    public async Task Of_a_file_that_cannot_be_read_nothing_is_shown_but_why()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        File.WriteAllBytes(folder["bad.wav"], "RIFF"u8);
        await using StudioPage page = await browser.Open(folder.Path, language: "zh-CN");
        await page.Start();
        await page.Choose("bad.wav");
        await page.Until("document.getElementById('state').classList.contains('failed')", "it says so");
        page.Watched.TakeFaults();      // the browser notes the 400 on its console
        string why = await page.Text("why");
        Assert.StartsWith("没有结果。", why, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z]{3,} [A-Za-z]{3,}", why);
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('anyway').hidden"));
        Assert.Equal("", await page.Text("axis"));
        Assert.Equal("", await page.Text("picked"));
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('window').hidden"));
    }

    [Fact]
    public async Task A_file_that_is_dropped_does_not_take_the_place_of_the_page()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        Assert.True(await Drop(page, "other.wav", "RIFF"));
        Assert.Contains("Nothing was opened", await page.Text("told"), StringComparison.Ordinal);
        Assert.True(await Drop(page, "mine.JSON", """{"strength": 0.4}"""));
        await page.Until("document.getElementById('command').textContent.endsWith('--strength 0.4')", "it is loaded");
    }

    [Fact]
    public async Task The_verdict_beside_the_name_comes_as_soon_as_the_list_has_it()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Until("document.querySelectorAll('#file-list .waiting').length === 0", "all are inspected");
        Assert.Equal(0, await page.Watched.Ask<int>("document.querySelectorAll('#facts .waiting').length"));
    }

    [Fact]
    public async Task A_browser_that_never_begins_to_play_is_spoken_of()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Page.EvaluateExpressionAsync(
            """
            Object.defineProperty(AudioContext.prototype, "state", { get: () => "suspended" });
            AudioContext.prototype.resume = () => new Promise(() => {});
            """);
        await page.Click("play");
        await page.Until("document.getElementById('told').textContent.includes('sound output')", "it says so");
    }

    [Fact]
    public async Task Noise_that_was_pointed_at_holds_for_its_own_recording_and_no_undo_carries_it_over()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Choose("anna.wav");
        await page.Until(IsExact, "it is done");
        await page.Click("noise-choices input[value=range]");
        await page.Until("document.getElementById('command').textContent.includes('--noise range:')", "it holds");
        await page.Choose("bert.wav");
        await page.Until(IsExact, "the other is done");
        Assert.DoesNotContain("--noise", await page.Text("command"), StringComparison.Ordinal);
        await page.Watched.Press("u");
        await page.Until(IsExact, "nothing was undone");
        Assert.DoesNotContain("--noise", await page.Text("command"), StringComparison.Ordinal);
        await page.Choose("anna.wav");
        await page.Until(
            "document.getElementById('command').textContent.includes('anna.wav out.wav --noise range:')",
            "its own noise holds again");
    }

    // Whether the browser was kept from doing with it what browsers do.
    private static Task<bool> Drop(StudioPage page, string name, string text) =>
        page.Watched.Page.EvaluateFunctionAsync<bool>(
            """
            (name, text) => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([text], name));
              return ["dragover", "drop"].every(type => !document.querySelector("main").dispatchEvent(
                new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })));
            }
            """,
            name,
            text);
}
