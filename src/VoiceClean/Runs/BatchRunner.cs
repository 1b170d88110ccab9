using System.Diagnostics;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs;

/// <summary>How a batch ended.</summary>
/// <param name="Tally">The verdicts, counted.</param>
/// <param name="WallTime">From the first item to the last line of the journal.</param>
/// <param name="HasTemporaryFailure">Something failed that may succeed later: a full disk, an I/O error.</param>
/// <param name="HasWarnings">A result was written with a warning.</param>
/// <param name="IsStopped">Asked to stop, or given up, before every input was done: some have the verdict
/// "cancelled".</param>
public sealed record BatchResult(
    RunSummary.Tally Tally,
    TimeSpan WallTime,
    bool HasTemporaryFailure,
    bool HasWarnings,
    bool IsStopped);

/// <summary>
/// Runs a plan: each item through the same work on one of several threads, results published atomically and noted in
/// the journal, every input one verdict. What the work is, is the caller's business: it gets a <see cref="ClipJob"/>
/// and returns a report.
/// </summary>
public sealed class BatchRunner
{
    private readonly StateFolder _state;
    private readonly BatchOptions _options;
    private readonly IOutputFiles _files;
    private readonly ResumeRule _rule;
    private readonly string _settings;
    private readonly string _tool;
    private readonly HeavyInputs _heavy;

    /// <summary>Prepares a run.</summary>
    /// <param name="state">The memory of the output folder, open and locked.</param>
    /// <param name="options">How to run.</param>
    /// <param name="settings">SHA-256 of everything that decides what a result contains, except the input and the
    /// version.</param>
    /// <param name="files">The disk; null = the real one.</param>
    public BatchRunner(StateFolder state, BatchOptions options, string settings, IOutputFiles? files = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        _state = state;
        _options = options;
        _files = files ?? DiskFiles.Instance;
        _settings = settings;
        _tool = ClipReportBuilder.ToolVersion;
        _heavy = new HeavyInputs(options.Jobs, HeavyInputs.AvailableMemory);
        _rule = new ResumeRule(state.Journal, options, settings, _tool);
    }

    /// <summary>What would be done about an item now; touches nothing.</summary>
    public ResumeAction Preview(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Failure is null
            ? _rule.Decide(item, _rule.FingerprintOf(item.InputPath), out _)
            : ResumeAction.Refuse;
    }

    /// <summary>Runs the plan to its end, or until it is stopped.</summary>
    /// <param name="items">What to do, in the order of the report.</param>
    /// <param name="work">Does one item; never throws for what the outside world does. Called from several
    /// threads.</param>
    /// <param name="observer">Is told about the verdicts.</param>
    /// <param name="stop">Asks for a clean end within 2 s.</param>
    /// <exception cref="VoiceCleanException">Nothing can be written in a folder of the plan; nothing has been decoded
    /// then.</exception>
    public BatchResult Run(
        IReadOnlyList<PlanItem> items,
        Func<ClipJob, CancellationToken, ClipReport> work,
        IBatchObserver observer,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(observer);
        OutputFolders.CheckWritable(items, _files);
        long start = Stopwatch.GetTimestamp();
        bool isStopped = false;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ledger = new Ledger(_options.MaxFailures, ending, () => OutputFolders.IsFull(_state.Root, _files));
        using var ahead = new DecodeAhead(items, _options, Wanted);
        var next = new ReadAhead(items, _options.Jobs + 1);
        OrderedWorkers.Run(
            items,
            _options.Jobs,
            new WorkPlan<PlanItem, ClipReport>
            {
                Work = (item, cancellation, isWaiting) =>
                {
                    int place = next.Begin();
                    return Settled(
                        Do(item, work, ahead, () => next.Ask(place), new WaitingFiles(_files, isWaiting), cancellation)
                    );
                },
                Emit = (_, report) =>
                {
                    ledger.Tally.Add(report);
                    isStopped |= report.Reason == ReasonCodes.Cancelled;
                    observer.Report(report);
                },
                Dropped = Dropped,
                TimedOut = (item, report) =>
                    report is { Status: not ClipStatus.Failed }
                        ? report
                        : Settled(
                            Verdict(
                                item,
                                ClipStatus.Failed,
                                ReasonCodes.Timeout,
                                FormattableString.Invariant(
                                    $"{item.InputPath} took longer than {_options.ClipTimeout.TotalSeconds:0.###} s and was given up."
                                ))),
                Failed = (item, e) =>
                    Settled(
                        Verdict(
                            item,
                            ClipStatus.Failed,
                            ReasonCodes.InternalError,
                            $"A bug of ours ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}); please report it."
                        ) with
                        {
                            Exception = e,
                        }),
                Limit = _options.ClipTimeout,
            },
            ending.Token);
        try
        {
            _state.Journal.Flush();
        }
        catch (VoiceCleanException)
        {
            // Everything is written, but not known to survive a power cut: worth another run, whatever the disk gave as
            // its reason.
            ledger.NoteTemporaryFailure();
        }

        return new BatchResult(
            ledger.Tally,
            Stopwatch.GetElapsedTime(start),
            ledger.HasTemporaryFailure,
            ledger.HasWarnings,
            isStopped);

        ClipReport Settled(ClipReport report)
        {
            ledger.Note(report);
            observer.Settled(report);
            return report;
        }
    }

    private ClipReport Do(
        PlanItem item,
        Func<ClipJob, CancellationToken, ClipReport> work,
        DecodeAhead ahead,
        Action askForNext,
        IOutputFiles files,
        CancellationToken cancellation)
    {
        if (item.Failure is { } failure)
        {
            return Verdict(item, ClipStatus.Failed, failure.Code, failure.Message) with { Kind = failure.Kind };
        }

        Fingerprint? input = _rule.FingerprintOf(item.InputPath);
        ResumeAction action = _rule.Decide(item, input, out JournalEntry? entry);
        switch (action)
        {
            case ResumeAction.Keep:
                return Kept(item, entry!);
            case ResumeAction.Refuse:
                return Verdict(
                    item,
                    ClipStatus.Failed,
                    ReasonCodes.OutputExists,
                    $"{item.OutputPath} exists already and --overwrite never is in force.") with
                {
                    Kind = ErrorKind.Output,
                };
        }

        askForNext();
        var publisher = new ItemPublisher(item, input, action == ResumeAction.Replace, files, cancellation);
        ClipJob job = publisher.Job with { OpenInput = () => ahead.Open(item, input, cancellation) };
        ClipReport report;
        try
        {
            report = _heavy.Run(input?.SizeBytes, () => work(job, cancellation), cancellation);
        }
        catch (OperationCanceledException)
        {
            return Dropped(item);
        }
        finally
        {
            ahead.Settle(item);
        }

        if (report.Reason == ReasonCodes.Cancelled)
        {
            return report;
        }

        try
        {
            if (
                report.Status == ClipStatus.Rejected
                && action == ResumeAction.Replace
                && _options.Overwrite == OverwriteMode.Stale)
            {
                // made by us from an older input or with older settings; there is no such result any more
                _files.Delete(item.OutputPath);
            }

            Note(item, input, report, publisher.PublishedFolder);
            return report;
        }
        catch (Exception e) when (e is VoiceCleanException || OutputErrors.IsFileSystemFailure(e))
        {
            // The result stands but the journal does not know: the next run makes it again and finds the same bytes.
            VoiceCleanException cause = e as VoiceCleanException ?? OutputErrors.Describe(e, item.OutputPath);
            return report with
            {
                Status = ClipStatus.Failed,
                Reason = cause.Code,
                Message = cause.Message,
                Kind = cause.Kind,
            };
        }
    }

    /// <summary>The present state of an input that this run will clean; null if it will not.</summary>
    private Fingerprint? Wanted(PlanItem item) =>
        item.Failure is null
        && _rule.FingerprintOf(item.InputPath) is { } input
        && _rule.Decide(item, input, out _) is ResumeAction.Create or ResumeAction.Replace
            ? input
            : null;

    private static ClipReport Dropped(PlanItem item)
        => Verdict(item, ClipStatus.Failed, ReasonCodes.Cancelled, "Stopped before it was done; nothing was written.");

    private void Note(PlanItem item, Fingerprint? input, ClipReport report, string? folder)
    {
        if (input is null)
        {
            return;      // nothing to compare with later
        }

        _state.Journal.Append(new JournalEntry
        {
            Output = item.Output,
            Id = item.Id,
            Input = input,
            Settings = _settings,
            Tool = _tool,
            Status = report.Status,
            OutputBytes = report.Output?.SizeBytes,
            OutputSha256 = report.Output?.Sha256,
        }, report, folder);
    }

    private ClipReport Kept(PlanItem item, JournalEntry entry)
    {
        ClipReport report = _state.Journal.ReadReport(entry) ?? Verdict(item, entry.Status, null, null);
        return report with
        {
            Status = entry.Status == ClipStatus.Ok ? ClipStatus.Unchanged : entry.Status,
            Kind = entry.Status == ClipStatus.Rejected ? ErrorKind.Refused : null,
            Input = (report.Input ?? new FileFacts { Path = "" }) with { Path = item.InputPath },
            Output = report.Output is { } output ? output with { Path = item.OutputPath } : null,
        };
    }

    private static ClipReport Verdict(PlanItem item, ClipStatus status, string? reason, string? message) => new()
    {
        Id = item.Id,
        Status = status,
        Reason = reason,
        Message = message,
        Input = new FileFacts { Path = item.InputPath },
    };
}
