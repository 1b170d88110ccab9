using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Reporting;
using VoiceClean.Runs;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Browser.Tests.Reporting;

/// <summary>
/// A batch and a training set of real sound, looked at by axe in both themes and both languages; with
/// VOICECLEAN_SCREENSHOTS=folder each leaves its picture.
/// </summary>
public sealed class ReportAccessTests(BrowserFixture browser, ReportAccessTests.Work work)
    : IClassFixture<BrowserFixture>, IClassFixture<ReportAccessTests.Work>
{
    public static TheoryData<bool, string> Looks { get; } = new(
        from isDark in new[] { false, true }
        from language in ReportWords.Languages
        select (isDark, language));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_report_of_a_batch_keeps_nobody_out(bool isDark, string language)
    {
        using var folder = new TemporaryFolder();
        using var reader = new RecordReader();
        reader.Add(work.Folder["out"]);
        using Stream lines = Reports.Lines(
            [Reports.Lost(1, ClipStatus.Failed, ReasonCodes.DecodeFailed), Reports.Made(2), Reports.Made(5)]);
        reader.Add("more.jsonl", lines);
        Uri page = Reports.Page(folder, reader, new ReportOptions { Language = language });
        await using WatchedPage watched = await browser.OpenPage(isDark: isDark);
        await watched.Go(page);
        await Look(watched, $"batch-{language}-{isDark}");
        await watched.Page.ClickAsync(".cards button");
        Assert.Equal(
            "440,440",
            await watched.Ask<string>(
                "Promise.all([...document.querySelectorAll('dialog img')].slice(0, 2)"
                    + ".map(i => i.decode().then(() => i.naturalWidth))).then(w => w.join())"));
        await watched.AssertAccessible($"batch-{language}-{isDark}-sheet");
        await watched.Keep($"batch-{language}-{isDark}-sheet");
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_report_of_a_training_set_keeps_nobody_out(bool isDark, string language)
    {
        using var folder = new TemporaryFolder();
        using var reader = new RecordReader();
        reader.Add(work.Folder["set"]);
        Uri page = Reports.Page(
            folder,
            reader,
            new ReportOptions { Language = language, Audio = new AudioChoice(false, 1) });
        await using WatchedPage watched = await browser.OpenPage(isDark: isDark);
        await watched.Go(page);
        Assert.Equal(language, await watched.Ask<string>("document.documentElement.lang"));
        await Look(watched, $"set-{language}-{isDark}");
    }

    private static async Task Look(WatchedPage watched, string name)
    {
        await watched.AssertAccessible(name);
        await watched.Keep(name, isWhole: true);
        await watched.Page.SetViewportAsync(new PuppeteerSharp.ViewPortOptions { Width = 390, Height = 844 });
        Assert.True(
            await watched.Ask<bool>("document.documentElement.scrollWidth <= 390"),
            $"{name} is wider than a telephone.");
        await watched.AssertAccessible(name + "-390");
        await watched.Keep(name + "-390", isWhole: true);
        await watched.Page.SetViewportAsync(new PuppeteerSharp.ViewPortOptions { Width = 1280, Height = 800 });
    }

    /// <summary>Recordings, cleaned once into a folder and once into a set.</summary>
    public sealed class Work : IDisposable
    {
        public Work()
        {
            Directory.CreateDirectory(Folder["in/anna"]);
            for (int i = 0; i < 3; i++)
            {
                float[] talk = SyllablesInNoise.Make(4, seed: i);
                File.WriteAllBytes(Folder[$"in/anna/talk{i}.wav"], TestWav.Pcm16(32_000, talk));
            }

            File.WriteAllBytes(Folder["in/silence.wav"], TestWav.Pcm16(32_000, new float[64_000]));
            File.WriteAllText(Folder["in/anna/talk1.txt"], "Seven syllables are all there is.");
            var inputs = new RunInputs { Paths = [Folder["in"]], Command = ["voiceclean", "batch", "in"] };
            new CleanFolder(new CleanFolderOptions { Inputs = inputs, OutputFolder = Folder["out"] })
                .Run(new Silent());
            new BuildSet(
                new BuildSetOptions
                {
                    Inputs = inputs,
                    OutputFolder = Folder["set"],
                    Set = new DatasetOptions { Cleaning = new CleaningOptions() },
                }).Run(new Silent());
        }

        internal TemporaryFolder Folder { get; } = new();

        public void Dispose() => Folder.Dispose();

        private sealed class Silent : IRunObserver
        {
            public void Completed(ClipReport report)
            {
            }

            public void Report(ClipReport report)
            {
            }
        }
    }
}
