using CsCheck;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Cleaning.Options;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

public class StageCacheTests
{
    private const int Rate = 32_000;

    private static readonly byte[] Recording = TestWav.Pcm16(Rate, SyllablesInNoise.Make(4, seed: 3));

    [Fact]
    public void Over_random_sets_of_options_the_cache_gives_what_a_fresh_run_gives_byte_for_byte() =>
        RandomOptions.OfCleaning().Array[2, 4].Sample(
            sets =>
            {
                StageCache cache = Cache();
                foreach (CleaningOptions options in sets)
                {
                    (ClipReport report, StagedRun? run) = cache.Clean(Job, options, default);
                    (ClipReport expected, byte[] file) = Fresh(options);
                    Assert.Equal((expected.Status, expected.Message), (report.Status, report.Message));
                    Assert.Equal(expected.Warnings, report.Warnings);
                    Assert.Equal(expected.Process?.ToJsonString(), report.Process?.ToJsonString());
                    if (run is not null)
                    {
                        Assert.Equal(file, Written(run));
                    }
                }
            },
            iter: 40,
            threads: 1);

    [Fact]
    public void Every_option_redoes_the_first_stage_that_it_reaches_and_those_behind()
    {
        StageCache cache = Cache();
        _ = cache.Clean(Job, new CleaningOptions(), default);
        AssertBeginsAt(new CleaningOptions { Strength = 0.5 }, "suppress-clicks");
        AssertBeginsAt(new CleaningOptions { SpectralGate = new() { Strength = 0.5 } }, "spectral-gate");
        AssertBeginsAt(new CleaningOptions { Hum = new() { ThresholdDb = 12 } }, "remove-hum");
        AssertBeginsAt(
            new CleaningOptions { Noise = new() { HeadLength = TimeSpan.FromSeconds(0.4) } },
            "estimate-noise");
        AssertBeginsAt(new CleaningOptions { Loudness = new() { TargetLufs = -20 } }, "normalize-loudness");
        AssertBeginsAt(new CleaningOptions { Compress = new() { Enabled = true } }, "compress");
        AssertBeginsAt(new CleaningOptions { Output = new() { Encoding = SampleEncodingOf("24") } }, null);

        void AssertBeginsAt(CleaningOptions options, string? stage)
        {
            _ = cache.Clean(Job, new CleaningOptions(), default);
            StagedRun run = cache.Clean(Job, options, default).Run!;
            Assert.Equal(stage, run.Pipeline.Stages.Skip(run.FirstDone).Select(s => s.Name).FirstOrDefault());
        }
    }

    [Fact]
    public void A_run_that_is_refused_or_stopped_leaves_the_states_of_the_one_before()
    {
        StageCache cache = Cache();
        StagedRun first = cache.Clean(Job, new CleaningOptions(), default).Run!;
        (ClipReport report, StagedRun? none) =
            cache.Clean(Job, new CleaningOptions { Gate = new() { MinSnrDb = 59 } }, default);
        Assert.Equal((ClipStatus.Rejected, null), (report.Status, none));
        (report, _) = cache.Clean(Job, new CleaningOptions { Strength = 0.2 }, new CancellationToken(canceled: true));
        Assert.Equal(ClipStatus.Stopped, report.Status);
        Assert.Same(first, cache.Last);
    }

    [Fact]
    public void States_that_take_too_much_are_given_up_and_the_result_is_the_same()
    {
        var options = new CleaningOptions { Strength = 0.4 };
        var cache = new StageCache(Input, budget: 2 * sizeof(float) * Input.Samples.Length);
        StagedRun run = cache.Clean(Job, new CleaningOptions(), default).Run!;
        Assert.Contains(null, run.States);
        Assert.NotNull(run.Denoised);
        Assert.Equal(Fresh(options).File, Written(cache.Clean(Job, options, default).Run!));
    }

    [Fact]
    public void A_stage_of_somebody_else_is_redone_whatever_changes()
    {
        var catalog = StageCatalog.CreateDefault();
        catalog.Add("theirs", _ => new Nothing());
        var cache = new StageCache(Input, catalog: catalog);
        var options = new CleaningOptions { Stages = ["theirs", "normalize-loudness"] };
        _ = cache.Clean(Job, options, default);
        StagedRun run = cache.Clean(Job, options with { Loudness = new() { TargetLufs = -20 } }, default).Run!;
        Assert.Equal(0, run.FirstDone);
    }

    [Fact]
    public void States_share_the_samples_of_stages_that_change_none()
    {
        StagedRun run = Cache().Clean(Job, new CleaningOptions(), default).Run!;
        int noise = run.Pipeline.Stages.ToList().FindIndex(s => s.Name == "estimate-noise");
        Assert.True(run.States[noise]!.SharesSamplesWith(run.States[noise + 1]!));
        Assert.False(run.Input.SharesSamplesWith(run.States[1]!));
    }

    private static ClipState Input
    {
        get
        {
            using AudioClip clip = TrackLoader.Load(
                new MemoryStream(Recording),
                "take.wav",
                new CleaningOptions().ToLoadOptions(),
                AudioDecoders.CreateDefault(),
                default);
            return ClipState.Of(clip);
        }
    }

    private static ClipJob Job => new()
    {
        Id = "take.wav",
        InputPath = "take.wav",
        OutputPath = "",
        OpenInput = () => throw new InvalidOperationException("nothing is to be opened"),
        Publish = _ => throw new InvalidOperationException("nothing is to be published"),
    };

    private static StageCache Cache() => new(Input);

    private static VoiceClean.Formats.SampleEncoding SampleEncodingOf(string word) =>
        OptionTable.Cleaning.Find("bit-depth")!.Set(new CleaningOptions(), word).Output.Encoding;

    private static byte[] Written(StagedRun run)
    {
        using var file = new MemoryStream();
        using AudioClip clip = run.Result.Fork();
        ResultWriter.Write(file, clip, run.Options.Output.Encoding, "");
        return file.ToArray();
    }

    private static (ClipReport Report, byte[] File) Fresh(CleaningOptions options)
    {
        byte[] file = [];
        ClipReport report = new CleaningPipeline(options).Clean(Job with
        {
            OpenInput = () => new MemoryStream(Recording),
            Publish = write =>
            {
                using var stream = new MemoryStream();
                write(stream);
                file = stream.ToArray();
            },
        });
        return (report, file);
    }

    private sealed class Nothing : VoiceClean.Stages.IStage
    {
        public string Name => "theirs";

        public void Process(AudioClip clip, CancellationToken cancellation)
        {
        }
    }
}
