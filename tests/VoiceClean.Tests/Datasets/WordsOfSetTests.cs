using System.Text;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Runs;
using VoiceClean.Runs.Sharding;
using VoiceClean.Testing.Signals;
using VoiceClean.Tests.Runs;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>Words on their way from transcripts into sets.</summary>
public sealed class WordsOfSetTests : IDisposable
{
    private readonly MadeSet _set = new();

    public static bool HasShell => File.Exists("/bin/sh");

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Subtitles_beside_a_long_recording_become_the_texts_of_its_clips()
    {
        Talk talk = Talk.Synthetic(60, -20, -60, hasPauses: true, seed: 21);
        _set.Put("anna/talk.wav", talk.Samples);
        (double Start, double End)[] spoken =
        [
            .. talk.Words.Select(s => ((double)s.Start / Talk.SampleRate, (double)s.End / Talk.SampleRate)),
        ];
        var srt = new StringBuilder();
        for (int i = 0; i < spoken.Length; i++)
        {
            srt.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}\n{Time(spoken[i].Start)} --> ")
                .Append(System.Globalization.CultureInfo.InvariantCulture, $"{Time(spoken[i].End)}\nword{i} of{i}\n\n");
        }

        File.WriteAllText(Path.Combine(_set.Inputs, "anna/talk.srt"), srt.ToString());
        DatasetReport report = _set.Make();
        Assert.True(_set.Accepted.Count > 3);
        Assert.Equal(2 * spoken.Length, report.Texts!.Sums!.Words);
        Assert.Equal(report.Texts.Sums.Words, report.Texts.Sums.WordsInClips + report.Texts.Sums.WordsRejected);
        Assert.Empty(report.Texts.Problems);
        // Every word is in the clip whose source holds its middle.
        foreach (ClipRecord clip in _set.Accepted)
        {
            string[] expected =
            [
                .. Enumerable
                    .Range(0, spoken.Length)
                    .Where(i => spoken[i].Start > clip.StartS - 0.2 && spoken[i].End < clip.EndS + 0.2)
                    .Select(i => $"word{i} of{i}"),
            ];
            Assert.Equal(string.Join(' ', expected), clip.Text);
            Assert.Equal(TextFits.Segments, clip.TextFit);
        }

        static string Time(double s) => TimeSpan.FromSeconds(s).ToString(@"hh\:mm\:ss\,fff", null);
    }

    [Fact]
    public void Clips_with_speech_that_the_subtitles_leave_out_are_named()
    {
        Talk talk = Talk.Synthetic(8, -20, -60, hasPauses: true, seed: 27);
        _set.Put("anna/talk.wav", talk.Samples);
        string srt = Path.Combine(_set.Inputs, "anna/talk.srt");
        File.WriteAllText(srt, "1\n00:00:00,000 --> 00:00:08,000\nAll of it.\n");
        Assert.Empty(_set.Make().Texts!.Problems);
        File.WriteAllText(srt, "1\n00:00:05,000 --> 00:00:08,000\nThe end of it.\n");
        TextProblem problem = Assert.Single(_set.Make().Texts!.Problems);
        Assert.Equal((TextProblems.SpeechWithoutWords, 1), (problem.Code, problem.Count));
        ClipRecord clip = Assert.Single(_set.Accepted);
        Assert.InRange(clip.UntoldS!.Value, 1, 5);
        Assert.StartsWith(clip.File, problem.Examples[0]);
    }

    [Fact]
    public void Text_without_times_of_a_recording_that_is_cut_is_said_not_to_be_used()
    {
        _set.Put("anna/t.wav", Talk.Synthetic(45, -20, -60, hasPauses: true, seed: 22).Samples);
        // In UTF-16, whose mark begins like a frame of MP3.
        File.WriteAllText(Path.Combine(_set.Inputs, "anna/t.txt"), "All that is said.", Encoding.Unicode);
        DatasetReport report = _set.Make();
        TextProblem problem = Assert.Single(report.Texts!.Problems);
        Assert.Equal((TextProblems.RecordingWasCut, 1), (problem.Code, problem.Count));
        Assert.Equal("anna/t.wav", problem.Examples[0]);
        Assert.All(_set.Accepted, c => Assert.Null(c.Text));
        // It was not left out either.
        BuildSetOptions options = Options() with { Inputs = new RunInputs { Paths = [_set.Inputs] } };
        Assert.Empty(new BuildSet(options).Plan(TestContext.Current.CancellationToken).Selection.Skipped);
    }

    [Fact]
    public void Texts_come_back_to_the_clips_of_a_finished_set_and_no_audio_is_touched()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(25, -20, -60, hasPauses: true, seed: 23).Samples);
        _set.Put("bo/a.wav", Talk.Synthetic(25, -20, -60, hasPauses: true, seed: 24).Samples);
        _set.Make();
        IReadOnlyDictionary<string, string> before = Sounds();
        string list = Path.Combine(_set.Root, "..", "asr.list");
        // As GPT-SoVITS's own recogniser writes it: the folder is the speaker, no line end at the end.
        File.WriteAllText(
            list,
            string.Join(
                '\n',
                _set.Accepted.Select((c, i) => $"output/slicer_opt/{ClipTexts.NameOf(c)}|slicer_opt|ZH|第{i}句")));
        SetResult result = Give(list);
        Assert.Equal(before, Sounds());
        Assert.Empty(result.Report.Texts!.Problems);
        Assert.Equal(0, result.Report.Texts.ClipsWithoutText);
        string lists = Lists();
        Assert.Equal(_set.Accepted.Count, lists.Split('\n').Count(l => l.Contains("|ZH|第", StringComparison.Ordinal)));

        // The same recordings again: nothing is done, and the texts stay.
        _set.Make();
        Assert.All(_set.Reports, r => Assert.Equal(ClipStatus.Unchanged, r.Status));
        Assert.Equal(lists, Lists());
        string manifest = File.ReadAllLines(Path.Combine(_set.Root, "anna.jsonl"))[0];
        Assert.Equal("clip", (string?)JsonNode.Parse(manifest)!["text_fit"]);
    }

    [Fact(SkipUnless = nameof(HasShell), Skip = "there is no /bin/sh")]
    public void A_command_is_asked_about_every_clip_and_only_about_those_without_text()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(40, -20, -60, hasPauses: true, seed: 25).Samples);
        // It fails the first time it is called.
        string log = Path.Combine(_set.Root, "..", "log"), called = Path.Combine(_set.Root, "..", "called");
        string command = $"/bin/sh -c 'echo x >> {log}; mkdir {called} 2>/dev/null && exit 1; echo heard' x {{in}}";
        BuildSetOptions options = Options() with
        {
            Transcribe = command,
            Inputs = new RunInputs { Paths = [_set.Inputs] },
        };
        SetResult first = new BuildSet(options).Run(new BatchFolder.Collector());
        int clips = first.Report.Clips;
        Assert.True(first.HasUntranscribed);
        Assert.Equal((clips - 1, 1), (first.Report.Texts!.ClipsWithText, first.Report.Texts.ClipsWithoutText));
        Assert.Equal(clips, File.ReadAllLines(log).Length);
        SetResult second = new BuildSet(Options() with { Transcribe = command }).Run(new BatchFolder.Collector());
        Assert.False(second.HasUntranscribed);
        Assert.Equal(0, second.Report.Texts!.ClipsWithoutText);
        Assert.Equal(clips + 1, File.ReadAllLines(log).Length);
    }

    [Fact]
    public void No_writer_ever_writes_the_replacement_character()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(8, -20, -60, hasPauses: true, seed: 26).Samples);
        _set.Put("anna/b.wav", Talk.Synthetic(8, -20, -60, hasPauses: true, seed: 27).Samples);
        _set.Put("anna/c.wav", Talk.Synthetic(8, -20, -60, hasPauses: true, seed: 28).Samples);
        File.WriteAllBytes(Path.Combine(_set.Inputs, "anna/a.txt"), [0xB4, 0xF3, 0xBC, 0xD2, 0xBA, 0xC3]);
        File.WriteAllBytes(Path.Combine(_set.Inputs, "anna/b.txt"), [0x63, 0x61, 0x66, 0xE9]);
        File.WriteAllText(Path.Combine(_set.Inputs, "anna/c.txt"), "lost \uFFFD here");
        foreach (string name in DatasetTargets.Names)
        {
            DatasetReport report = _set.Make(_set.Options with { Target = DatasetTargets.Load(name) });
            Assert.Equal(
                [TextProblems.CharactersLost, TextProblems.Unreadable],
                report.Texts!.Problems.Select(p => p.Code));
            string[] texts =
            [
                .. Directory
                    .EnumerateFiles(_set.Root, "*", SearchOption.AllDirectories)
                    .Where(f => Path.GetExtension(f) is not ".wav")
                    .Select(File.ReadAllText),
            ];
            Assert.Contains(texts, t => t.Contains("大家好", StringComparison.Ordinal));
            Assert.DoesNotContain(texts, t => t.Contains('\uFFFD'));
        }
    }

    [Fact]
    public void Later_texts_win_in_every_shard()
    {
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            _set.Put($"anna/{name}.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: name[0]).Samples);
        }

        foreach (string text in new[] { "", "first", "second" })
        {
            string list = Path.Combine(_set.Root, "..", "asr.list");
            File.WriteAllText(
                list,
                "none.wav|x|EN|none\n"
                    + string.Concat(_set.Clips.Select(c => $"{ClipTexts.NameOf(c)}|x|EN|{text}\n")));
            foreach (int index in new[] { 1, 2 })
            {
                var inputs = new RunInputs
                {
                    Paths = [_set.Inputs],
                    Share = new ShardChoice(new Shard(index, 2), null),
                };
                new BuildSet(Options() with { Inputs = inputs, Transcripts = [list] }).Run(new BatchFolder.Collector());
            }
        }

        string[] lines = File.ReadAllLines(Path.Combine(_set.Root, "anna.list"));
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.EndsWith("|second", l, StringComparison.Ordinal));
    }

    private BuildSetOptions Options() => new()
    {
        Inputs = new RunInputs(),
        OutputFolder = _set.Root,
        Set = new DatasetOptions { Cleaning = new CleaningOptions { Denoiser = "off" } },
    };

    private string Lists() =>
        string.Concat(
            Directory.GetFiles(_set.Root, "*.list").Order(StringComparer.Ordinal).Select(File.ReadAllText));

    private SetResult Give(string list) =>
        new BuildSet(Options() with { Transcripts = [list] }).Run(new BatchFolder.Collector());

    private Dictionary<string, string> Sounds() =>
        _set.Tree().Where(f => f.Key.EndsWith(".wav", StringComparison.Ordinal)).ToDictionary();
}
