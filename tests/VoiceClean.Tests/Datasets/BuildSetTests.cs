using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using VoiceClean.Testing.Signals;
using VoiceClean.Tests.Runs;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>The two use cases about sets by themselves.</summary>
public sealed class BuildSetTests : IDisposable
{
    private readonly MadeSet _set = new();

    private BuildSetOptions Options => new()
    {
        Inputs = new RunInputs { Paths = [_set.Inputs] },
        OutputFolder = _set.Root,
        Set = new DatasetOptions { Cleaning = new CleaningOptions { Denoiser = "off" } },
        Batch = new BatchOptions { Jobs = 2 },
    };

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_plan_gives_every_recording_its_speaker_and_touches_nothing()
    {
        _set.Put("anna/a.wav", new float[3200]);
        _set.Put("b.wav", new float[3200]);
        SetPlan plan = new BuildSet(Options).Plan();
        Assert.Null(plan.Obstacle);
        Assert.Equal(["anna", "in"], plan.Items.Select(i => i.Speaker));
        Assert.Equal(
            ["x", "x"],
            new BuildSet(Options with { Speaker = "x" }).Plan().Items.Select(i => i.Speaker));
        Assert.False(Directory.Exists(_set.Root));
    }

    [Theory]
    [InlineData("Anna", "anna")]
    [InlineData("Ren\u00E9", "Rene\u0301")]
    public void Two_speakers_that_would_be_one_folder_on_other_disks_are_not_mixed(string one, string other)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere they may be one folder already");
        _set.Put($"{one}/a.wav", new float[3200]);
        _set.Put($"{other}/b.wav", new float[3200]);
        OutputException refusal = Assert.IsType<OutputException>(new BuildSet(Options).Plan().Obstacle);
        Assert.Equal(ReasonCodes.NameCollision, refusal.Code);
        Assert.Contains("would be one folder of the set", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_speakers_whose_names_would_be_one_are_not_mixed()
    {
        _set.Put("Anna Maria/a.wav", new float[3200]);
        _set.Put("Anna_Maria/b.wav", new float[3200]);
        OutputException refusal = Assert.IsType<OutputException>(new BuildSet(Options).Plan().Obstacle);
        Assert.Equal(ReasonCodes.NameCollision, refusal.Code);
        Assert.Contains("'Anna Maria' and 'Anna_Maria'", refusal.Message, StringComparison.Ordinal);
        Assert.All(new BuildSet(Options with { Speaker = "x" }).Plan().Items, i => Assert.Equal("x", i.Speaker));
    }

    [Fact]
    public void A_set_is_made_checked_and_what_gave_nothing_is_named()
    {
        _set.Put("anna/a.wav", Talk.Synthetic(25, levelDb: -20, noiseDb: -60, hasPauses: true).Samples);
        _set.Put("anna/silent.wav", new float[64_000]);
        var observer = new BatchFolder.Collector();
        SetResult made = new BuildSet(Options).Run(observer);
        Assert.Equal((2, 2), (observer.Start!.Items, observer.Completions));
        Assert.Equal((1, 1), (made.Run.Count(ClipStatus.Ok), made.Run.Count(ClipStatus.Rejected)));
        Assert.Equal("anna/silent.wav", Assert.Single(made.Run.Failed).Id);
        Assert.Equal("anna/silent.wav", Assert.Single(made.Report.RecordingsRejected).Source);
        Assert.True(made.Report.Clips > 0);
        Assert.Empty(made.ForeignFiles);

        var check = new CheckSet(new CheckSetOptions { Folder = _set.Root, Jobs = 2 });
        var seen = new List<CheckedClip>();
        CheckResult found = check.Run(seen.Add);
        Assert.Equal(check.Plan().Count, found.Clips.Count);
        Assert.Equal(found.Clips, seen);
        // All of them, because nobody has said what is said.
        Assert.Equal(
            (made.Report.Clips, made.Report.Clips, made.Report.Clips),
            (found.Summary.Clips, found.Summary.Dropped, found.Summary.WithoutText));
        Assert.False(found.IsStopped);
    }

    [Fact]
    public void Shards_leave_the_lists_of_all_and_name_what_each_of_them_refused()
    {
        for (int i = 0; i < 4; i++)
        {
            _set.Put($"anna/{i}.wav", Talk.Synthetic(8, levelDb: -20, noiseDb: -60, hasPauses: true).Samples);
            _set.Put($"anna/silent {i}.wav", new float[64_000]);
        }

        DatasetReport? report = null;
        for (int i = 1; i <= 3; i++)
        {
            var share = new ShardChoice(new Shard(i, 3), null);
            report = new BuildSet(Options with { Inputs = Options.Inputs with { Share = share } })
                .Run(new BatchFolder.Collector())
                .Report;
        }

        Assert.Equal(
            ["anna/silent 0.wav", "anna/silent 1.wav", "anna/silent 2.wav", "anna/silent 3.wav"],
            report!.RecordingsRejected.Select(r => r.Source));
        Assert.Equal(4, report.Recordings);
        Assert.Equal(report.Clips, File.ReadLines(Path.Combine(_set.Root, "anna.list")).Count());
    }

    [Fact]
    public void Obstacles_are_in_the_plan_and_the_run_throws_them()
    {
        Directory.CreateDirectory(_set.Inputs);
        var empty = new BuildSet(Options);
        Assert.Equal(ReasonCodes.NotFound, empty.Plan().Obstacle!.Code);
        Assert.Throws<InputException>(() => empty.Run(new BatchFolder.Collector()));

        string one = _set.Put("x/a.wav", new float[3200]), two = _set.Put("y/a.wav", new float[3200]);
        SetPlan colliding = new BuildSet(Options with { Inputs = new RunInputs { Paths = [one, two] } }).Plan();
        Assert.Equal(ReasonCodes.NameCollision, colliding.Obstacle!.Code);
        Assert.False(Directory.Exists(_set.Root));
    }

    [Fact]
    public void A_language_that_the_target_does_not_know_is_told_before_anything_is_looked_for()
    {
        DatasetOptions set = Options.Set with { Target = DatasetTargets.Load("gpt-sovits"), Language = "tlh" };
        VoiceCleanException e = Assert.Throws<VoiceCleanException>(() => new BuildSet(Options with { Set = set }));
        Assert.Equal((ErrorKind.Usage, ReasonCodes.BadOptions), (e.Kind, e.Code));
    }

    [Fact]
    public void A_stopped_check_says_so()
    {
        for (int i = 0; i < 4; i++)
        {
            _set.Put($"clips/{i}.wav", new float[320_000]);
        }

        using var stop = new CancellationTokenSource();
        var decoders = new AudioDecoders();
        decoders.Add(new Stopping(stop));
        var options = new CheckSetOptions { Folder = Path.Combine(_set.Inputs, "clips"), Jobs = 2 };
        CheckResult found = new CheckSet(options, decoders).Run(stop: stop.Token);
        Assert.True(found.IsStopped);
        Assert.Empty(found.Clips);
    }

    // While the first clip is read the check is stopped.
    private sealed class Stopping(CancellationTokenSource stop) : IAudioDecoder
    {
        private readonly WavDecoder _wav = new();

        public string Name => "stopping";

        public IReadOnlyList<FileFormat> Formats => _wav.Formats;

        public string? Version => null;

        public DecoderRequirement? Missing => null;

        public bool Recognizes(ReadOnlySpan<byte> header) => true;

        public IAudioReader Open(Stream stream, DecodeLimits limits)
        {
            stop.Cancel();
            return _wav.Open(stream, limits);
        }
    }
}
