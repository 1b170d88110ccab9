using VoiceClean.Cleaning;
using VoiceClean.Datasets.Transcribing;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

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

    /// <summary>What a run would do now; touches nothing.</summary>
    /// <param name="stop">Ends it.</param>
    public SetPreview Preview(CancellationToken stop) =>
        SetPreview.Of(_options, Plan(stop), MeasureSpeakers(Plan(stop).All, stop));

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

        TranscribeCommand? command = _options.Transcribe is { } text
            ? TranscribeCommand.Parse(text, _options.TranscribeLimit, _options.Advice.NameOf("transcribe"))
            : null;
        SetFolders set = Folders;
        IReadOnlyDictionary<string, double> gains = MeasureSpeakers(plan.All, stop);
        var builder = new DatasetBuilder(
            set,
            _options.Set,
            plan.Items,
            plan.Transcripts,
            gains,
            _catalog,
            _decoders);
        DatasetFiles.CheckPlaces(
            set,
            _options.Set.Target,
            plan.All.Speakers,
            _options.Batch.Overwrite,
            _options.Advice);
        using var state = StateFolder.Open(
            set.Root,
            _options.Inputs.Shard,
            advice: _options.Advice,
            memory: set.Memory);
        (int outdated, IReadOnlyList<string> deleted) = RecordingRecords.RemoveOutdated(
            set, plan.Items, plan.Transcripts, isForced: _options.Batch.Overwrite == OverwriteMode.Always);
        (IReadOnlyList<string> gone, int others) = RemoveGone(plan);
        if (!plan.IsFinishedSet)
        {
            new RunPlanFile(plan.Items.Count, plan.Total, _options.Inputs.Command, _options.Set.EffectiveCleaning)
                .Write(StateFolder.In(set.Root, set.Memory), _options.Inputs.Shard);
        }

        observer.Started(new RunStart(
            plan.Items.Count, state.RemovedTemporaries, state.Journal.Count, state.Journal.IgnoredLines, outdated));
        RunResult result = new BatchRunner(
            state,
            _options.Batch,
            _options.Set.Hash(gains),
            _decoders,
            advice: _options.Advice).Run([.. plan.Items.Select(i => i.Plan)], builder.Build, observer, stop);
        bool isComplete = GiveTexts(plan.Transcripts, command, observer, result.IsStopped, stop);
        DatasetReport report = WriteLists(set, plan, result.Failed, stop);
        result = result with
        {
            IsStopped = result.IsStopped || !isComplete,
            Summary = _options.Inputs.Sign(result.Summary, set.Root),
        };
        return new SetResult(result, report, DatasetFiles.FindForeign(set))
        {
            Gone = gone,
            Remade = [.. deleted.Where(f => File.Exists(Path.Combine(set.Root, f)))],
            OtherRecordings = plan.IsFinishedSet ? 0 : others,
        };
    }

    private SetFolders Folders =>
        new(_options.OutputFolder, _options.StateFolder) { Mark = _options.Inputs.Shard.Mark };

    // One shard at a time: who reads the records first must not write last, or the clips of the others would miss.
    private DatasetReport WriteLists(
        SetFolders set,
        SetPlan plan,
        IReadOnlyList<FailedInput> failed,
        CancellationToken stop)
    {
        using FolderLock listing =
            FolderLock.Await(
                Path.Combine(StateFolder.In(set.Root, set.Memory), "lists.lock"),
                TimeSpan.FromSeconds(1),
                stop)
            ?? throw new OperationCanceledException(stop);
        Shard shard = _options.Inputs.Shard;
        FailedInput[] rejected =
        [
            .. FinishedSet.Rejected(set.Root)
                .Where(r => plan.IsFinishedSet || (!shard.Owns(r.Id) && File.Exists(r.Path))),
            .. plan.IsFinishedSet ? [] : failed,
        ];
        return DatasetFiles.Write(
            set, _options.Set, rejected.OrderBy(r => r.Id, StringComparer.Ordinal), plan.Transcripts.Problems.All,
            shard.IsPart);
    }

    private (IReadOnlyList<string> Gone, int Others) RemoveGone(SetPlan plan) =>
        RecordingRecords.RemoveGone(
            Folders,
            plan.All.Contains,
            _options.Inputs.Paths.Concat(_options.Inputs.Listed));

    // Lists give texts to clips; for those that still have none the command is asked.
    private bool GiveTexts(
        TranscriptIndex transcripts,
        TranscribeCommand? command,
        IRunObserver observer,
        bool isStopped,
        CancellationToken stop)
    {
        var texter = new ClipTexter(_options, transcripts.Problems);
        texter.Take(transcripts);
        return command is null || isStopped || texter.Ask(command, observer, stop);
    }

    private SetPlan Find(CancellationToken stop)
    {
        RunInputs inputs = _options.Inputs;
        var transcripts = TranscriptIndex.Load(
            _options.Transcripts,
            _decoders,
            _options.Advice.NameOf("transcripts"),
            stop);
        // Names depend on all recordings, so those of other shards are kept, but the disk is not asked about them.
        Predicate<string>? isAnothers = inputs.Shard.IsPart ? id => !inputs.Shard.Owns(id) : null;
        var selection = inputs.Select(_options.OutputFolder, _decoders, stop, isAnothers: isAnothers);
        if (IsFinishedSet())
        {
            transcripts.Match([]);
            return new SetPlan(selection, SetRecordings.None, [], transcripts, null) { IsFinishedSet = true };
        }

        if (inputs.WhyNothing(selection, "do", _options.Advice) is { } nothing)
        {
            return new SetPlan(selection, SetRecordings.None, [], transcripts, nothing);
        }

        try
        {
            var all = new SetRecordings(
                selection.Files,
                Folders,
                _options.Speaker,
                inputs.Paths.Count > 0 ? DatasetPlan.SpeakerOf(inputs.Paths[0]) : "speaker");
            Match(transcripts, all, selection);
            SetChecks.Languages(all, transcripts);
            DatasetItem[] items = all.Of(inputs.Shard);
            bool areAllFailures = items.All(i => i.Plan.Failure is not null);
            VoiceCleanException? obstacle = areAllFailures ? items.FirstOrDefault()?.Plan.Failure : null;
            return new SetPlan(selection, all, items, transcripts, obstacle);
        }
        catch (OutputException e)
        {
            return new SetPlan(selection, SetRecordings.None, [], transcripts, e);
        }
    }

    private bool IsFinishedSet() =>
        _options.Inputs.Paths.Count + _options.Inputs.Listed.Count == 0
        && (_options.Transcripts.Count > 0 || _options.Transcribe is not null)
        && FinishedSet.IsIn(Folders);

    private void Match(TranscriptIndex transcripts, SetRecordings all, FileSelection selection)
    {
        transcripts.Match(all.Targets, _options.Set.Language, all.TargetsWithTexts);
        ListedSpeakers.Apply(all, transcripts);
        selection.Explain(s => ReasonOf(s, transcripts));
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
