using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Reporting;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;
using VoiceClean.Web.Serve;

namespace VoiceClean.Cli.Commands;

/// <summary>What was chosen about a run, not about the sound. Each command reads what its own options set.</summary>
internal sealed record RunSettings
{
    public string? Output { get; init; }
    public string? State { get; init; }
    public bool Force { get; init; }
    public OverwriteMode Overwrite { get; init; }
    public CollisionPolicy OnCollision { get; init; }
    public bool Checksum { get; init; }
    public bool DryRun { get; init; }

    public IReadOnlyList<string> FromFile { get; init; } = [];
    public bool Null { get; init; }
    public IReadOnlyList<string> Include { get; init; } = [];
    public IReadOnlyList<string> Exclude { get; init; } = [];
    public bool NoRecursive { get; init; }
    public bool Hidden { get; init; }

    public int? Jobs { get; init; }
    public string? Shard { get; init; }
    public int? MaxFailures { get; init; }
    public string FailOn { get; init; } = "error";

    public bool Json { get; init; }
    public string? Report { get; init; }
    public string Progress { get; init; } = "auto";
    public bool Quiet { get; init; }
    public bool Verbose { get; init; }
    public bool VeryVerbose { get; init; }
    public string? LogFile { get; init; }
    public string Color { get; init; } = "auto";

    /// <summary>The language of what is said; "auto" = the system's, in the studio the browser's.</summary>
    public string Lang { get; init; } = Tongue.Auto;
    public string? Config { get; init; }

    /// <summary>Whether the verdict of an inspection becomes the exit code.</summary>
    public bool Gate { get; init; }

    /// <summary>For what one gain is chosen: "clip", "folder", "recording", "speaker".</summary>
    public string LoudnessPer { get; init; } = "clip";
    public string? Target { get; init; }
    public string? Speaker { get; init; }
    public string? WavFolder { get; init; }
    public IReadOnlyList<string> Transcripts { get; init; } = [];
    public string? Transcribe { get; init; }
    public TimeSpan TranscribeLimit { get; init; } = BuildSetOptions.DefaultTranscribeLimit;
    public string? Language { get; init; }
    public bool AbsolutePaths { get; init; } = true;
    public double MinLevelRatioDb { get; init; } = DatasetOptions.DefaultMinLevelRatioDb;

    public string? Title { get; init; }
    public int Worst { get; init; } = new ReportOptions().Worst;
    public string Audio { get; init; } = AudioChoice.Links.ToString();

    /// <summary>Whether a check names the clips that are fine too.</summary>
    public bool All { get; init; }

    public ListenAddress Listen { get; init; } = new ServeOptions().Listen;
    public ListenAddress? MetricsListen { get; init; }
    public string? TokenFile { get; init; }
    public bool NoAuth { get; init; }
    public int? MaxPerToken { get; init; }
    public bool NoMicrophones { get; init; }
    public IReadOnlyList<string> MicrophoneOrigins { get; init; } = [];
    public int MicrophoneLimit { get; init; } = ServeOptions.DefaultMicrophoneLimit;
    public int? MicrophonesPerToken { get; init; }
    public int? Workers { get; init; }
    public int? Queue { get; init; }
    public long MaxUpload { get; init; } = ServeOptions.DefaultMaxUpload;
    public TimeSpan Timeout { get; init; } = new PoolOptions().WorkTimeout;
    public TimeSpan QueueTimeout { get; init; } = new PoolOptions().QueueTimeout;
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
    public string? Temp { get; init; }

    /// <summary>Whether the lines about requests are JSON.</summary>
    public bool JsonLog { get; init; }

    public int Port { get; init; }
    public bool Open { get; init; } = true;

    /// <summary>The same with a report; one on standard output is <see cref="Json"/>.</summary>
    public RunSettings WithReport(string path) =>
        WritePlace.IsStandardOutput(path) ? this with { Json = true } : this with { Report = path };

    /// <summary>The folder of the results.</summary>
    /// <exception cref="VoiceCleanException">None was named.</exception>
    public string OutputFolder => Output
        ?? throw new VoiceCleanException(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            "There is no folder for the results; name it with -o DIR.");

    /// <summary>Clips at a time.</summary>
    public int EffectiveJobs => Jobs ?? Processors.Allowed(Environment.GetEnvironmentVariable);

    /// <summary>How the batch runs.</summary>
    public BatchOptions Batch => new()
    {
        Jobs = EffectiveJobs,
        Overwrite = Force ? OverwriteMode.Always : Overwrite,
        Checksum = Checksum,
        MaxFailures = MaxFailures,
    };

    /// <summary>What the run works on.</summary>
    /// <param name="paths">The inputs named on the line.</param>
    /// <param name="stop">Ends the waiting for a list that comes through a pipe.</param>
    /// <exception cref="VoiceCleanException">No such share, or a list cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public RunInputs Inputs(string[]? paths, CancellationToken stop) => new()
    {
        Paths = paths ?? [],
        Share = Shard is { } text
            ? Runs.Sharding.Shard.Parse(
                text,
                Environment.GetEnvironmentVariable,
                pinned: Output is { } folder ? StateFolder.PinnedShards(folder, State) : null,
                mayBePinned: Output is not null,
                "--shard")
            : new ShardChoice(Runs.Sharding.Shard.Whole, null),
        Listed = FromFile.Aggregate(new ListedNames(), (all, f) => InputList.Read(f, Null, "--null", all, stop)),
        Selection = new SelectionOptions
        {
            Recursive = !NoRecursive,
            Hidden = Hidden,
            Include = [.. Include.Select(g => new Glob(g))],
            Exclude = [.. Exclude.Select(g => new Glob(g))],
        },
    };
}
