using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>The use case by itself: no command line, nothing but the library.</summary>
public sealed class CleanFolderTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    private CleanFolderOptions Options => new()
    {
        Inputs = new RunInputs { Paths = [_folder.In] },
        OutputFolder = _folder.Out,
        Cleaning = BatchFolder.Plain,
        Batch = new BatchOptions { Jobs = 2 },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plan_finds_everything_says_what_would_be_done_and_touches_nothing()
    {
        _folder.Clip("a/one.wav");
        _folder.Clip("two.wav");
        File.WriteAllText(Path.Combine(_folder.In, "notes.txt"), "no audio");
        File.WriteAllText(Path.Combine(_folder.In, "bad.wav"), "no audio either");
        var clean = new CleanFolder(Options);
        FolderPlan plan = clean.Plan();
        Assert.Null(plan.Obstacle);
        Assert.Equal(["a/one.wav", "bad.wav", "two.wav"], plan.Items.Select(i => i.Id));
        Assert.Equal(Path.Combine(_folder.Out, "a", "one.wav"), plan.Items[0].OutputPath);
        Assert.Equal(1, plan.Selection.SkipCounts["not_audio"]);
        Assert.All(clean.Preview(), s => Assert.Equal(ResumeAction.Create, s.Action));
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public void A_run_makes_the_plan_counts_and_names_what_failed()
    {
        _folder.Clip("a/one.wav");
        _folder.Clip("two.wav");
        File.WriteAllText(Path.Combine(_folder.In, "bad.wav"), "no audio at all");
        File.WriteAllText(Path.Combine(_folder.In, "notes.txt"), "no audio");
        var observer = new BatchFolder.Collector();
        RunResult result = new CleanFolder(Options).Run(observer);
        Assert.Equal((2, 1), (result.Count(ClipStatus.Ok), result.Count(ClipStatus.Failed)));
        FailedInput failed = Assert.Single(result.Failed);
        Assert.Equal(("bad.wav", ReasonCodes.UnsupportedFormat), (failed.Id, failed.Reason));
        Assert.Equal((ClipStatus.Failed, ErrorKind.Input), (failed.Status, failed.Kind));
        Assert.Equal(1, result.Summary.Skipped["not_audio"]);
        Assert.False(result.IsStopped || result.HasTemporaryFailure);
        Assert.Equal((3, 3, 3), (observer.Start!.Items, observer.Completions, observer.Reports.Count));

        var again = new CleanFolder(Options);
        Assert.Equal(
            [ResumeAction.Keep, ResumeAction.Create, ResumeAction.Keep],
            again.Preview().Select(s => s.Action));
        Assert.Equal(2, again.Run(new BatchFolder.Collector()).Count(ClipStatus.Unchanged));
    }

    [Fact]
    public void A_plan_with_an_obstacle_says_so_and_the_run_throws_it()
    {
        var clean = new CleanFolder(Options);
        VoiceCleanException nothing = clean.Plan().Obstacle!;
        Assert.Equal((ErrorKind.Input, ReasonCodes.NotFound), (nothing.Kind, nothing.Code));
        Assert.Same(nothing, Assert.ThrowsAny<VoiceCleanException>(() => clean.Run(new BatchFolder.Collector())));
        Assert.Same(nothing, Assert.ThrowsAny<VoiceCleanException>(() => clean.Preview()));

        _folder.Clip("a.wav");
        _folder.Clip("a.flac");
        FolderPlan colliding = new CleanFolder(Options).Plan();
        Assert.Single(colliding.Problems);
        Assert.Equal(ErrorKind.Output, colliding.Obstacle!.Kind);
        Assert.Equal(ReasonCodes.NameCollision, colliding.Obstacle.Code);
        Assert.DoesNotContain("--", colliding.Obstacle.Message, StringComparison.Ordinal);
        Assert.Contains(
            "press the button",
            new CleanFolder(Options with { Advice = new RunAdvice { AllowSuffixes = "press the button" } })
                .Plan()
                .Obstacle!.Message,
            StringComparison.Ordinal);

        Assert.Null(new CleanFolder(Options with { OnCollision = CollisionPolicy.Suffix }).Plan().Obstacle);

        CleanFolderOptions missing = Options with
        {
            Inputs = new RunInputs { Paths = [Path.Combine(_folder.In, "x.wav")] },
        };
        FolderPlan unreadable = new CleanFolder(missing).Plan();
        Assert.Equal(ErrorKind.Input, unreadable.Obstacle!.Kind);
        Assert.Equal(ReasonCodes.NotFound, Assert.Single(unreadable.Problems).Failure.Code);
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public void Shards_together_do_everything_once()
    {
        for (int i = 0; i < 12; i++)
        {
            _folder.Clip($"{i}.wav", seed: i);
        }

        int done = 0;
        for (int i = 1; i <= 3; i++)
        {
            var clean = new CleanFolder(
                Options with
                {
                    Inputs = Options.Inputs with { Share = new ShardChoice(new Shard(i, 3), null) },
                });
            RunResult result = clean.Run(new BatchFolder.Collector());
            Assert.Equal(clean.Plan().Items.Count, result.Count(ClipStatus.Ok));
            done += result.Count(ClipStatus.Ok);
        }

        Assert.Equal(12, done);
    }

    [Fact]
    public void Nothing_is_measured_for_whoever_does_not_read_it()
    {
        _folder.Clip("a.wav");
        var reader = new BatchFolder.Collector();
        new CleanFolder(Options).Run(reader);
        string tree = _folder.Tree();
        var other = new BatchFolder.Collector { ReadsMeasurements = false };
        new CleanFolder(Options with { Batch = Options.Batch with { Overwrite = OverwriteMode.Always } }).Run(other);
        Assert.NotNull(reader.Reports[0].Before);
        Assert.Null(other.Reports[0].Before);
        Assert.Equal(tree, _folder.Tree());
    }

    [Fact]
    public void A_new_clip_gives_its_folder_a_new_gain_and_makes_its_results_stale()
    {
        _folder.Clip("a/one.wav", seed: 1, samples: 64_000);
        _folder.Clip("b/one.wav", seed: 2, samples: 64_000);
        CleanFolderOptions options = Options with
        {
            OneGainPerFolder = true,
            Cleaning = BatchFolder.Plain with { Loudness = new() { TargetLufs = -30 } },
        };
        Assert.Equal(2, new CleanFolder(options).Run(new BatchFolder.Collector()).Count(ClipStatus.Ok));
        Assert.All(new CleanFolder(options).Preview(), s => Assert.Equal(ResumeAction.Keep, s.Action));
        _folder.Clip("a/two.wav", seed: 3, samples: 32_000);
        Assert.Contains(new CleanFolder(options).Preview(), s => s.Action == ResumeAction.Replace);
    }

    [Fact]
    public void A_stopped_run_says_so_and_the_next_one_goes_on()
    {
        for (int i = 0; i < 8; i++)
        {
            _folder.Clip($"{i}.wav", seed: i);
        }

        using var stop = new CancellationTokenSource();
        var catalog = StageCatalog.CreateDefault();
        catalog.Add("stop", _ => new Stopping(stop));
        CleanFolderOptions options = Options with
        {
            Cleaning = BatchFolder.Plain with { Stages = ["stop"] },
            Batch = new BatchOptions { Jobs = 1 },
        };
        RunResult result = new CleanFolder(options, catalog).Run(new BatchFolder.Collector(), stop.Token);
        Assert.True(result.IsStopped);
        Assert.Empty(result.Failed);
        Assert.Equal(0, result.Count(ClipStatus.Failed));
        Assert.Empty(result.Summary.Reasons);
        Assert.True(result.Summary.Counts["not_begun"] > 0);
        Assert.Equal(
            8,
            result.Count(ClipStatus.Ok) + result.Count(ClipStatus.Stopped) + result.Count(ClipStatus.NotBegun));
        RunResult after = new CleanFolder(options, catalog).Run(new BatchFolder.Collector());
        Assert.False(after.IsStopped);
        Assert.Equal(8, after.Count(ClipStatus.Ok) + after.Count(ClipStatus.Unchanged));
    }

    private sealed class Stopping(CancellationTokenSource stop) : VoiceClean.Stages.IStage
    {
        public string Name => "stop";

        public void Process(VoiceClean.Audio.AudioClip clip, CancellationToken cancellation)
        {
            stop.Cancel();
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
