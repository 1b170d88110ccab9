using System.Security.Cryptography;
using System.Text;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using VoiceClean.Stages;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Tests.Runs;

/// <summary>An input folder, an output folder, and whole batches over them in process.</summary>
internal sealed class BatchFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BatchFolder() => Directory.CreateDirectory(In);

    /// <summary>
    /// Every step that changes samples switched off: what is tested here is the batch, not the sound.
    /// </summary>
    public static CleaningOptions Plain { get; } = new()
    {
        Denoiser = "off",
        Gate = new QualityGateOptions { Policy = GatePolicy.Off },
        Silence = new StripSilenceOptions { Mode = SilenceMode.Off },
        Loudness = new() { TargetLufs = null },
    };

    public string Root => _folder.Path;

    public string In => Path.Combine(_folder.Path, "in");

    public string Out => Path.Combine(_folder.Path, "out");

    public string State => Path.Combine(Out, StateFolder.Name);

    /// <summary>Makes a clip whose content follows from its seed.</summary>
    public string Clip(string name, int seed = 1, int samples = 3200)
    {
        string path = Path.Combine(In, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var random = new Random(seed);
        float[] x = new float[samples];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)(
                (0.2 * Math.Sin(2 * Math.PI * (100 + (10 * seed)) * i / 32000)) + (0.01 * (random.NextDouble() - 0.5)));
        }

        File.WriteAllBytes(path, TestWav.Pcm16(32_000, x));
        return path;
    }

    public BatchPlan Plan(Shard? shard = null, CollisionPolicy policy = CollisionPolicy.Fail) =>
        Planner.Plan(
            FileSelection
                .Select([In], [], new SelectionOptions { OutputFolder = Out }, AudioDecoders.CreateDefault())
                .Files,
            Out,
            policy,
            shard ?? Shard.Whole);

    /// <summary>One run of the same batch.</summary>
    public (IReadOnlyList<ClipReport> Reports, RunResult Result) Run(
        CleaningOptions? options = null,
        BatchOptions? batch = null,
        IOutputFiles? files = null,
        Shard? shard = null,
        IStage? stage = null,
        CancellationToken stop = default)
    {
        var catalog = StageCatalog.CreateDefault();
        options ??= Plain;
        if (stage is not null)
        {
            catalog.Add(stage.Name, _ => stage);
            options = options with { Stages = [stage.Name] };
        }

        var pipeline = new CleaningPipeline(options, catalog);
        BatchPlan plan = Plan(shard);
        Xunit.Assert.Empty(plan.Problems);
        using var state = StateFolder.Open(Out, shard ?? Shard.Whole, files);
        var observer = new Collector();
        RunResult result = new BatchRunner(
            state,
            batch ?? new BatchOptions { Jobs = 2 },
            ReportJson.Hash(options),
            files: files).Run(plan.Items, pipeline.Clean, observer, stop);
        return (observer.Reports, result);
    }

    /// <summary>Names and contents of all results as one text; the state folder is no result.</summary>
    public string Tree() => TreeOf(Out);

    public static string TreeOf(string root)
    {
        var tree = new StringBuilder();
        foreach (
            string path in Directory
                .EnumerateFiles(
                    root,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(root, path);
            if (!name.StartsWith(StateFolder.Name, StringComparison.Ordinal))
            {
                tree.Append(name)
                    .Append(' ')
                    .Append(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))
                    .Append('\n');
            }
        }

        return tree.ToString();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Keeps what a run says.</summary>
    internal sealed class Collector : IRunObserver
    {
        private int _completed;

        public List<ClipReport> Reports { get; } = [];

        public RunStart? Start { get; private set; }

        public int Completions => _completed;

        public bool ReadsMeasurements { get; init; } = true;

        public void Started(RunStart start) => Start = start;

        public void Completed(ClipReport report) => Interlocked.Increment(ref _completed);

        public void Report(ClipReport report) => Reports.Add(report);
    }

    /// <summary>A stage that does what a test wants.</summary>
    internal sealed class Doing(Action<AudioClip, CancellationToken> action) : IStage
    {
        public string Name => "doing";

        public void Process(AudioClip clip, CancellationToken cancellation) => action(clip, cancellation);
    }
}
