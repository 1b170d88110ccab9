using System.Text.Json;
using PuppeteerSharp;
using VoiceClean.Browser.Tests.Reporting;
using VoiceClean.Cleaning.Options;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Studio;

/// <summary>What somebody does with the studio, in a real browser against a real studio.</summary>
public sealed class StudioPageTests(StudioFixture browser, ITestOutputHelper output) : IClassFixture<StudioFixture>
{
    private const int Moves = 24;

    [Fact]
    public async Task Opens_with_the_worst_recording_before_and_after_on_one_axis()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        File.WriteAllBytes(folder["hiss.wav"], TestWav.Pcm16(32_000, WhiteNoise.Uniform(96_000, 3, 0.2)));
        await using StudioPage page = await browser.Open(folder.Path);
        page.Expected = "422 (Unprocessable";     // the browser reports each refusal of the hiss on its console
        await page.Watched.Go(page.Keyed);
        await page.Until("document.querySelectorAll('#file-list .waiting').length === 0", "all are inspected");
        await page.Until(
            "document.querySelector('#file-list .name')?.textContent === 'hiss.wav'",
            "the worst is first");
        await page.Choose("anna.wav");
        await page.Until("document.getElementById('state').classList.contains('exact')", "it is done");
        await page.Until("document.querySelector('[data-signal=after] canvas').width > 300", "pictures are drawn");
        Assert.Contains("LUFS", await page.Text("matched"), StringComparison.Ordinal);
        Assert.Contains("anna.wav out.wav", await page.Text("command"), StringComparison.Ordinal);
        Assert.Matches("^[0-9]", await page.Watched.Ask<string>("document.querySelector('#live dd').textContent"));
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('save').hidden"), "Nothing may be saved.");
    }

    [Fact]
    public async Task What_is_chosen_while_the_page_is_still_built_is_what_is_opened()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav", "bert.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Watched.Page.EvaluateExpressionOnNewDocumentAsync(
            """
              new MutationObserver((_, observer) => {
                const files = [...document.querySelectorAll("#file-list .file")];
                if (files.length < 2) return;
                observer.disconnect();
                files[1].click();
                globalThis.chosen = files[1].querySelector(".name").textContent;
              }).observe(document, { childList: true, subtree: true });
            """);
        await page.Watched.Go(page.Keyed);
        await page.Until("document.getElementById('state').classList.contains('exact')", "it is done");
        Assert.Equal(await page.Watched.Ask<string>("globalThis.chosen"), await page.Text("name"));
    }

    [Fact]
    public async Task A_moved_slider_is_heard_while_it_plays_and_becomes_exact()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["talk.wav"], TestWav.Pcm16(32_000, SyllablesInNoise.Make(60, seed: 1)));
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Click("loop");       // however slow the machine is, it still plays at the end
        await page.Click("play");
        await page.Until("document.getElementById('play').classList.contains('playing')", "it plays");
        await page.Watched.Page.EvaluateFunctionAsync(
            """
            async moves => {
              const slider = document.getElementById("strength");
              for (let i = 0; i < moves; i++) {
                slider.value = String(0.3 + (0.4 * ((i * 7) % moves) / moves));
                slider.dispatchEvent(new Event("input", { bubbles: true }));
                const heard = () => performance.getEntriesByName("change-to-sound").length > i;
                while (!heard()) await new Promise(resolve => setTimeout(resolve, 5));
                await new Promise(resolve => setTimeout(resolve, 60));
              }
            }
            """,
            Moves);
        double[] took = await page.Watched.Ask<double[]>(
            "performance.getEntriesByName('change-to-sound').map(e => e.duration).sort((a, b) => a - b)");
        await page.Until("document.getElementById('state').classList.contains('exact')", "it is exact");
        output.WriteLine($"slider to sound [ms]: p50 {took[Moves / 2]:F0}, p95 {took[(int)(Moves * 0.95)]:F0}");
        Assert.Equal(Moves, took.Length);
        Assert.True(await page.Watched.Ask<bool>("document.getElementById('play').classList.contains('playing')"));
        Assert.Contains("--strength", await page.Text("command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slider_that_is_dragged_without_a_pause_is_heard_on_the_way()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["talk.wav"], TestWav.Pcm16(32_000, SyllablesInNoise.Make(30, seed: 1)));
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Click("loop");
        await page.Click("play");
        await page.Until("document.getElementById('play').classList.contains('playing')", "it plays");
        await page.Watched.Page.EvaluateExpressionAsync(
            """
            window.drag = setInterval(() => {
              const slider = document.getElementById("strength");
              slider.value = String(0.3 + (((Number(slider.value) - 0.3 + 0.01) % 0.4)));
              slider.dispatchEvent(new Event("input", { bubbles: true }));
            }, 8)
            """);
        await page.Until("performance.getEntriesByName('change-to-sound').length >= 3", "it is heard on the way");
        await page.Watched.Page.EvaluateExpressionAsync("clearInterval(window.drag)");
        await page.Until("document.getElementById('state').classList.contains('exact')", "it is exact");
        string value = await page.Text("strength-value");
        string said = value == "0.60" ? "" : " --strength " + value.TrimEnd('0');
        Assert.EndsWith("talk.wav out.wav" + said, await page.Text("command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preset_is_a_configuration_and_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Watched.Press(",", ",");
        await page.Watched.Page.EvaluateExpressionAsync(
            "document.querySelectorAll('.fold').forEach(f => { f.open = true; })");
        await page.Watched.Page.SelectAsync("#opt-silence", "all");
        await page.Watched.Page.ClickAsync("#opt-compress");
        await page.Type("opt-min-snr", "5");
        await page.Until("document.getElementById('state').classList.contains('exact')", "it is done");
        string command = await page.Text("command");
        string preset = await page.Download("preset-save", folder["voiceclean.json"]);
        CleaningOptions read = OptionFile.Load(preset);
        Assert.Equal(0.5, read.Strength!.Value, 9);
        Assert.True(read.Compress.Enabled);
        Assert.Equal(5, read.Gate.MinSnrDb, 9);
        Assert.EndsWith(
            string.Join(' ', OptionTable.Cleaning.ToArguments(read)),
            command,
            StringComparison.Ordinal);

        await page.Watched.Press("u", "u", "u", "u", "u");
        Assert.Equal("0.60", await page.Text("strength-value"));
        IElementHandle chooser = await page.Watched.Page.QuerySelectorAsync("#preset-file");
        await chooser.UploadFileAsync(preset);
        await page.Until(
            $"document.getElementById('command').textContent === {JsonSerializer.Serialize(command)}",
            "it is back");
    }

    [Fact]
    public async Task A_file_that_is_no_preset_changes_nothing_and_says_why()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        File.WriteAllText(folder["no.json"], """{"strenght": 0.2}""");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        IElementHandle chooser = await page.Watched.Page.QuerySelectorAsync("#preset-file");
        await chooser.UploadFileAsync(folder["no.json"]);
        await page.Until("document.getElementById('told').textContent.includes('strenght')", "it says why");
        Assert.Equal("0.60", await page.Text("strength-value"));
    }

    [Fact]
    public async Task A_result_is_saved_once_where_it_may_be()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder["anna.wav"], folder["out"]);
        await page.Start();
        await page.Click("save");
        await page.Until("document.getElementById('told').textContent.startsWith('Saved')", "it is saved");
        Assert.Equal(["anna.wav"], Directory.GetFiles(folder["out"]).Select(Path.GetFileName));
        await page.Click("save");
        await page.Until("document.getElementById('told').textContent.includes('exists')", "it is refused");
        Assert.All(page.Watched.TakeFaults(), f => Assert.Contains("409", f, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_that_mean_something_elsewhere_are_only_names()
    {
        using var folder = new TemporaryFolder();
        string[] names =
        [
            .. Reports.HostileNames.Where(n => n.EndsWith(".wav", StringComparison.Ordinal) && n.Length < 200)
                .Where(n => !n.Contains('/', StringComparison.Ordinal) && n.All(c => !char.IsSurrogate(c))),
        ];
        StudioFixture.Record(folder, names);
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Until("document.querySelectorAll('#file-list .waiting').length === 0", "all are inspected");
        Assert.Equal(names.Length, await page.Watched.Ask<int>("document.querySelectorAll('#file-list .file').length"));
        for (int i = 0; i < names.Length; i++)
        {
            await page.Watched.Page.EvaluateExpressionAsync(
                $"document.querySelectorAll('#file-list .file')[{i}].click()");
            await page.Until("document.getElementById('state').classList.contains('exact')", "it is done");
        }

        Assert.Equal(0, await page.Watched.Ask<int>("document.querySelectorAll('img, main script').length"));
    }

    [Fact]
    public async Task A_second_slot_keeps_its_settings_and_undo_goes_back_through_both()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Click("slot-b");
        await page.Watched.Press(",", ",");
        await page.Until("document.getElementById('command').textContent.includes('--strength 0.5')", "B is done");
        await page.Click("slot-a");
        await page.Until("!document.getElementById('command').textContent.includes('--strength')", "A is back");
        await page.Click("slot-b");
        await page.Until("document.getElementById('command').textContent.includes('--strength 0.5')", "B is back");
    }

    [Fact]
    public async Task A_blind_test_compares_both_slots_and_gives_everything_back()
    {
        using var folder = new TemporaryFolder();
        StudioFixture.Record(folder, "anna.wav");
        await using StudioPage page = await browser.Open(folder.Path);
        await page.Start();
        await page.Click("slot-b");
        await page.Watched.Press(",", ",");
        await page.Until("document.getElementById('command').textContent.includes('--strength 0.5')", "B is done");
        await page.Until("document.getElementById('state').classList.contains('exact')", "B is exact");
        await page.Watched.Press("x");
        await page.Until("document.querySelector('dialog[open]')", "it is open");
        string said = await page.Watched.Ask<string>("document.querySelector('dialog[open]').textContent");
        Assert.Contains("settings A", said, StringComparison.Ordinal);
        Assert.Contains("settings B", said, StringComparison.Ordinal);
        await page.Watched.Press("Escape");
        // A dialog is gone before it tells so.
        await page.Until(
            "!document.querySelector('dialog[open]') && document.activeElement?.id === 'abx'",
            "it is closed and has given back");
        await page.Watched.Press("1");
        Assert.Equal("true", await page.Watched.Ask<string>(
            "document.getElementById('hear-before').getAttribute('aria-pressed')"));
    }
}
