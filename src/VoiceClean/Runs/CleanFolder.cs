using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cleaning;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs;

/// <summary>What <see cref="CleanFolder"/> is to do.</summary>
internal sealed record CleanFolderOptions
{
    /// <summary>What is cleaned.</summary>
    public required RunInputs Inputs { get; init; }

    /// <summary>The folder of the results; made if missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Where the run remembers what it has done; null = <c>.voiceclean</c> in the output folder.</summary>
    public string? StateFolder { get; init; }

    /// <summary>How each recording is cleaned.</summary>
    public CleaningOptions Cleaning { get; init; } = new();

    /// <summary>What happens if two inputs would become one file.</summary>
    public CollisionPolicy OnCollision { get; init; }

    /// <summary>
    /// Whether all recordings of a folder get one gain, which keeps their levels against each other; else each reaches
    /// the target.
    /// </summary>
    public bool OneGainPerFolder { get; init; }

    /// <summary>Recordings at a time, overwriting, limits.</summary>
    public BatchOptions Batch { get; init; } = new();

    /// <summary>What messages advise.</summary>
    public RunAdvice Advice { get; init; } = new();
}

/// <summary>
/// Use case: cleans folders, files and lists into a mirrored tree. The same again goes on where it stopped. One object
/// a run; not thread-safe.
/// </summary>
internal sealed class CleanFolder
{
    private readonly CleanFolderOptions _options;
    private readonly StageCatalog? _catalog;
    private readonly AudioDecoders _decoders;
    private readonly CleaningPipeline _pipeline;
    private FolderPlan? _plan;
    private Gains? _gains;

    /// <summary>Prepares it; looks at no input.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="catalog">The stages to choose from; null = those that come with VoiceClean.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">An unknown stage is asked for, or options contradict each
    /// other.</exception>
    public CleanFolder(CleanFolderOptions options, StageCatalog? catalog = null, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _catalog) = (options, catalog);
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        _pipeline = new CleaningPipeline(options.Cleaning, catalog, _decoders);
    }

    // The pipeline of each folder that has a gain of its own, and the hash of all settings with the gains.
    private sealed record Gains(IReadOnlyDictionary<string, CleaningPipeline> Pipelines, string SettingsHash);

    /// <summary>Finds the inputs and their places, once; touches nothing.</summary>
    /// <param name="stop">Stops between two files.</param>
    /// <exception cref="OutputException">An input is the output folder itself.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public FolderPlan Plan(CancellationToken stop = default) =>
        _plan ??= FolderPlanner.Find(_options, _decoders, stop);

    /// <summary>
    /// What a run would do about each input now, from the journal and the disk; touches nothing. With one gain per
    /// folder all inputs are measured first, because a new gain makes results stale.
    /// </summary>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="VoiceCleanException">The plan has an obstacle, or the output belongs to another number of
    /// shards.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IEnumerable<PlannedStep> Preview(CancellationToken stop = default)
    {
        FolderPlan plan = Startable(stop);
        Gains gains = Measure(plan, stop);
        return Steps(
            plan.Items,
            StateFolder.Peek(_options.OutputFolder, _options.Inputs.Shard, _options.Advice, _options.StateFolder),
            gains);
    }

    private IEnumerable<PlannedStep> Steps(IReadOnlyList<PlanItem> items, StateFolder state, Gains gains)
    {
        using StateFolder seen = state;
        BatchRunner runner = Runner(seen, gains);
        foreach (PlanItem item in items)
        {
            yield return new PlannedStep(item, runner.Preview(item));
        }
    }

    /// <summary>Does it, to its end or until it is stopped.</summary>
    /// <param name="observer">Is told about the verdicts.</param>
    /// <param name="stop">Asks for a clean end within 2 s.</param>
    /// <exception cref="VoiceCleanException">Nothing was begun: the plan has an obstacle, another run holds the output,
    /// or it cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Stopped before the first input was begun.</exception>
    public RunResult Run(IRunObserver observer, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        FolderPlan plan = Startable(stop);
        Gains gains = Measure(plan, stop);
        using var state = StateFolder.Open(
            _options.OutputFolder,
            _options.Inputs.Shard,
            advice: _options.Advice,
            memory: _options.StateFolder);
        new RunPlanFile(plan.Items.Count, plan.Total, _options.Inputs.Command, _options.Cleaning)
            .Write(StateFolder.In(_options.OutputFolder, _options.StateFolder), _options.Inputs.Shard);
        observer.Started(
            new RunStart(
                plan.Items.Count,
                state.RemovedTemporaries,
                state.Journal.Count,
                state.Journal.IgnoredLines));
        bool isMeasured = observer.ReadsMeasurements;
        // A recording per processor; where there are fewer of them than processors, each gets its share.
        int jobs = _options.Batch.Jobs;
        int threads = Math.Max(1, jobs / Math.Max(1, Math.Min(jobs, plan.Items.Count)));
        RunResult result = Runner(state, gains).Run(
            plan.Items,
            (job, cancellation) => gains
                .Pipelines.GetValueOrDefault(FolderOf(job.Id), _pipeline)
                .Clean(job with { IsMeasured = isMeasured, Threads = threads }, cancellation),
            observer,
            stop);
        string[] left = result.IsStopped ? [] : LeftResults(state.Journal);
        return result with
        {
            Left = left,
            Summary = _options.Inputs.Sign(result.Summary, _options.OutputFolder) with
            {
                Skipped = plan.Selection.SkipCounts,
                ResultsWithoutInput = left.Length > 0 ? left.Length : null,
            },
        };
    }

    // They may be what somebody wants to keep, so they are only named.
    private string[] LeftResults(Journal journal)
    {
        var places = new InputPlaces(_options.Inputs.Paths.Concat(_options.Inputs.Listed));
        return
        [
            .. journal.Unasked()
                .Where(e => File.Exists(Path.Combine(_options.OutputFolder, e.Output))
                    && (SourceIn(_options.Inputs.Paths, e) ?? journal.ReadSource(e)) is { } source
                    && places.HaveLost(source))
                .Select(e => Path.Combine(_options.OutputFolder, e.Output))
                .Order(StringComparer.Ordinal),
        ];
    }

    // Of a folder the id is the rest of the path, and the journal need not be read again.
    private static string? SourceIn(IReadOnlyList<string> folders, JournalEntry entry) => folders
        .Select(f => Path.GetFullPath(Path.Combine(f, entry.Id)))
        .FirstOrDefault(p => NameFolding.Hash(p) == entry.SourceHash);

    private FolderPlan Startable(CancellationToken stop)
    {
        FolderPlan plan = Plan(stop);
        return plan.Obstacle is { } obstacle ? throw obstacle : plan;
    }

    private BatchRunner Runner(StateFolder state, Gains gains) =>
        new(
            state,
            _options.Batch with { NamesMayPass = _options.OnCollision != CollisionPolicy.Fail },
            gains.SettingsHash,
            _decoders,
            advice: _options.Advice);

    private Gains Measure(FolderPlan plan, CancellationToken stop) => _gains ??= MeasureGains(plan, stop);

    private Gains MeasureGains(FolderPlan plan, CancellationToken stop)
    {
        CleaningOptions cleaning = _options.Cleaning;
        string settings = ReportJson.Hash(cleaning);
        if (!_options.OneGainPerFolder || cleaning.Loudness.TargetLufs is not { } target)
        {
            return new Gains(new Dictionary<string, CleaningPipeline>(), settings);
        }

        // Over the whole selection, whatever the shard: all shards use the same gains.
        IReadOnlyDictionary<string, double> gains = GroupGains.Measure(
            plan.All,
            i => FolderOf(i.Id),
            cleaning.ToLoadOptions(),
            _decoders,
            target,
            _options.Batch.Jobs,
            stop);
        // A new recording changes the gain of its folder and with it every result there.
        string named = string.Concat(
            gains
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => string.Create(CultureInfo.InvariantCulture, $"\n{g.Key}={g.Value:R}")));
        return new Gains(
            gains.ToDictionary(
                g => g.Key,
                g => new CleaningPipeline(
                    cleaning with { Loudness = cleaning.Loudness with { FixedGainDb = g.Value } },
                    _catalog,
                    _decoders),
                StringComparer.Ordinal),
            Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(settings + named))));
    }

    private static string FolderOf(string id) => id.LastIndexOf('/') is var slash and >= 0 ? id[..slash] : "";
}
