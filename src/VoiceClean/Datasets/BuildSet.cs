using VoiceClean.Cleaning;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>What <see cref="BuildSet"/> is to do.</summary>
internal sealed record BuildSetOptions
{
    /// <summary>The recordings.</summary>
    public required RunInputs Inputs { get; init; }

    /// <summary>The folder of the set; made if missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What the set is to be.</summary>
    public DatasetOptions Set { get; init; } = new();

    /// <summary>One speaker for all recordings; null = the first folder below the input.</summary>
    public string? Speaker { get; init; }

    /// <summary>
    /// Files, and folders of such files, that say what is said in the recordings or in the clips; empty = only the
    /// texts beside the recordings.
    /// </summary>
    public IReadOnlyList<string> Transcripts { get; init; } = [];

    /// <summary>Recordings at a time, overwriting, limits.</summary>
    public BatchOptions Batch { get; init; } = new();

    /// <summary>What messages advise.</summary>
    public RunAdvice Advice { get; init; } = new();
}

/// <summary>Everything that was found for a set, and what stands in its way. Nothing has been touched.</summary>
/// <param name="Selection">The recordings of all shards, and what was left out.</param>
/// <param name="All">The recordings with speaker and stem, those of other shards included.</param>
/// <param name="Items">Those of this run's shard.</param>
/// <param name="Transcripts">What is said in them.</param>
/// <param name="Obstacle">Why the run cannot start; null if it can.</param>
internal sealed record SetPlan(
    FileSelection Selection,
    IReadOnlyList<DatasetItem> All,
    IReadOnlyList<DatasetItem> Items,
    TranscriptIndex Transcripts,
    VoiceCleanException? Obstacle);

/// <summary>How the making of a set ended.</summary>
/// <param name="Run">How the recordings ended.</param>
/// <param name="Report">The set as it stands now, what earlier runs and other shards made included.</param>
/// <param name="ForeignFiles">Files in the folders of clips that are none of the set: a trainer would read them
/// too.</param>
internal sealed record SetResult(RunResult Run, DatasetReport Report, IReadOnlyList<string> ForeignFiles)
{
    /// <summary>Recordings that left the set, because their files are gone.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Recordings in the set that this run did not look at.</summary>
    public int OtherRecordings { get; init; }
}

/// <summary>
/// Use case: cleans recordings, cuts them into clips and lays out a set that a trainer takes unchanged. The same again
/// goes on where it stopped. One object a run; not thread-safe.
/// </summary>
internal sealed class BuildSet
{
    private readonly BuildSetOptions _options;
    private readonly StageCatalog? _catalog;
    private readonly AudioDecoders _decoders;
    private SetPlan? _plan;

    /// <summary>Prepares it; looks at no input.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="catalog">The stages to choose from; null = those that come with VoiceClean.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">The target does not know the language, or takes no such paths.</exception>
    public BuildSet(BuildSetOptions options, StageCatalog? catalog = null, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _catalog) = (options, catalog);
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        SetChecks.Language(options);
        SetChecks.Paths(options);
    }

    /// <summary>Finds the recordings with their speakers and texts, once; touches nothing.</summary>
    /// <param name="stop">Stops between two files.</param>
    /// <exception cref="VoiceCleanException">The transcripts cannot be read, or an input is the folder of the set
    /// itself.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public SetPlan Plan(CancellationToken stop = default) => _plan ??= Find(stop);

    /// <summary>Does it, to its end or until it is stopped, and writes lists and report.</summary>
    /// <param name="observer">Is told about the verdicts on the recordings.</param>
    /// <param name="stop">Asks for a clean end within 2 s.</param>
    /// <exception cref="VoiceCleanException">Nothing was begun: the plan has an obstacle, another run holds the set, or
    /// it cannot be written. Or the lists cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Stopped before the first recording was begun.</exception>
    public SetResult Run(IRunObserver observer, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        SetPlan plan = Plan(stop);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        plan.Transcripts.Finish();
        string root = _options.OutputFolder;
        IReadOnlyDictionary<string, double> gains = MeasureSpeakers(plan.All, stop);
        var builder = new DatasetBuilder(
            root,
            _options.Set,
            plan.All,
            plan.Transcripts,
            gains,
            _catalog,
            _decoders);
        DatasetFiles.CheckPlaces(root, _options.Set.Target, plan.All, _options.Batch.Overwrite, _options.Advice);
        using var state = StateFolder.Open(root, _options.Inputs.Shard, advice: _options.Advice);
        int outdated = RecordingRecords.RemoveOutdated(root, plan.Items, plan.Transcripts);
        (IReadOnlyList<string> gone, int others) = RecordingRecords.RemoveGone(
            root,
            plan.All.Select(i => i.Plan.Id).ToHashSet(StringComparer.Ordinal),
            [.. _options.Inputs.Paths, .. _options.Inputs.Listed]);
        observer.Started(
            new RunStart(
                plan.Items.Count,
                state.RemovedTemporaries,
                state.Journal.Count,
                state.Journal.IgnoredLines,
                outdated));
        RunResult result = new BatchRunner(
            state,
            _options.Batch,
            _options.Set.Hash(gains),
            _decoders,
            advice: _options.Advice).Run([.. plan.Items.Select(i => i.Plan)], builder.Build, observer, stop);
        DatasetReport report = DatasetFiles.Write(root, _options.Set, result.Failed, plan.Transcripts.Problems.All);
        return new SetResult(result, report, DatasetFiles.FindForeign(root)) { Gone = gone, OtherRecordings = others };
    }

    private SetPlan Find(CancellationToken stop)
    {
        RunInputs inputs = _options.Inputs;
        var transcripts = TranscriptIndex.Load(
            _options.Transcripts,
            _decoders,
            _options.Advice.NameOf("transcripts"));
        var selection = inputs.Select(_options.OutputFolder, _decoders, stop);
        if (inputs.WhyNothing(selection, "do", _options.Advice) is { } nothing)
        {
            return new SetPlan(selection, [], [], transcripts, nothing);
        }

        try
        {
            IReadOnlyList<DatasetItem> all = DatasetPlan.Make(
                selection.Files,
                _options.OutputFolder,
                _options.Speaker,
                inputs.Paths.Count > 0 ? DatasetPlan.SpeakerOf(inputs.Paths[0]) : "speaker");
            transcripts.Match(
                [
                    .. all.Select(i =>
                        new TextTarget(i.Plan.Id, i.Plan.InputPath, i.Speaker, IsNamed: _options.Speaker is not null)),
                ],
                _options.Set.Language);
            SetChecks.Languages(all, transcripts);
            selection.Explain(s => ReasonOf(s, transcripts));
            DatasetItem[] items = [.. all.Where(i => inputs.Shard.Owns(i.Plan.Id))];
            return new SetPlan(
                selection,
                all,
                items,
                transcripts,
                items.All(i => i.Plan.Failure is not null) ? items.FirstOrDefault()?.Plan.Failure : null);
        }
        catch (OutputException e)
        {
            return new SetPlan(selection, [], [], transcripts, e);
        }
    }

    // A text that is used was not left out.
    private static string? ReasonOf(SkippedEntry entry, TranscriptIndex transcripts)
    {
        string path = Path.GetFullPath(entry.Path);
        return transcripts.UsedFiles.Contains(path) ? null
            : entry.Reason != SkipReasons.NotAudio || !transcripts.OtherFiles.Contains(path) ? entry.Reason
            : SkipReasons.OtherTranscript;
    }

    // Over all recordings, whatever the shard: all shards use the same gains.
    private IReadOnlyDictionary<string, double> MeasureSpeakers(IReadOnlyList<DatasetItem> all, CancellationToken stop)
    {
        if (_options.Set.LoudnessPer != LoudnessScope.Speaker)
        {
            return new Dictionary<string, double>();
        }

        var speakers = all.ToDictionary(i => i.Plan.Id, i => i.Speaker, StringComparer.Ordinal);
        return GroupGains.Measure(
            [.. all.Select(i => i.Plan)],
            i => speakers[i.Id],
            _options.Set.EffectiveCleaning.ToLoadOptions(),
            _decoders,
            _options.Set.Target.LoudnessLufs,
            _options.Batch.Jobs,
            stop);
    }
}
