using System.Diagnostics;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs;

/// <summary>
/// Runs a plan: each item through the same work on one of several threads, results published atomically and noted in
/// the journal, every input one verdict. What the work is, is the caller's business: it gets a <see cref="ClipJob"/>
/// and returns a report.
/// </summary>
internal sealed class BatchRunner
{
    private readonly StateFolder _state;
    private readonly BatchOptions _options;
    private readonly IOutputFiles _files;
    private readonly ResumeRule _rule;
    private readonly string _settings;
    private readonly AudioDecoders _decoders;
    private readonly RunAdvice _advice;

    /// <summary>Prepares a run.</summary>
    /// <param name="state">The memory of the output folder, open and locked.</param>
    /// <param name="options">How to run.</param>
    /// <param name="settings">SHA-256 of everything that decides what a result contains, except the input and the
    /// version.</param>
    /// <param name="decoders">The decoders of the work: those that offer it decode several small files at once; null =
    /// those that come with VoiceClean.</param>
    /// <param name="files">The disk; null = that of <paramref name="state"/>.</param>
    /// <param name="advice">What messages advise; null = the words of the library.</param>
    public BatchRunner(
        StateFolder state,
        BatchOptions options,
        string settings,
        AudioDecoders? decoders = null,
        IOutputFiles? files = null,
        RunAdvice? advice = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        _state = state;
        _options = options;
        _files = files ?? state.Files;
        _settings = settings;
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        _advice = advice ?? new RunAdvice();
        _rule = new ResumeRule(state.Journal, options, settings, ClipReportBuilder.ToolVersion);
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
    public RunResult Run(
        IReadOnlyList<PlanItem> items,
        Func<ClipJob, CancellationToken, ClipReport> work,
        IRunObserver observer,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(observer);
        OutputFolders.CheckWritable(items, _files);
        long start = Stopwatch.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ledger = new Ledger(_options.MaxFailures, ending, () => OutputFolders.IsFull(_state.Root, _files));
        using var ahead = new DecodeAhead(items, _options, _decoders, _rule.FingerprintIfDue);
        var worker = new ItemWorker(_state.Journal, _rule, _options, _settings, _files, _advice, ahead, work);
        var next = new ReadAhead(items, _options.Jobs + 1);
        OrderedWorkers.Run(items, _options.Jobs, PlanOf(worker, next, ledger, observer), ending.Token);
        Flush(ledger);
        return ledger.Close(Stopwatch.GetElapsedTime(start));
    }

    private WorkPlan<PlanItem, ClipReport> PlanOf(
        ItemWorker worker,
        ReadAhead next,
        Ledger ledger,
        IRunObserver observer)
    {
        return new WorkPlan<PlanItem, ClipReport>
        {
            Work = (item, cancellation, isWaiting) =>
            {
                int place = next.Begin();
                return Completed(worker.Run(item, () => next.Ask(place), isWaiting, cancellation));
            },
            Emit = (_, report) =>
            {
                ledger.Add(report);
                observer.Report(report);
            },
            Dropped = ItemWorker.Stopped,
            NotBegun = ItemWorker.NotBegun,
            TimedOut = (item, report) =>
                report is { Status: not (ClipStatus.Failed or ClipStatus.Stopped) }
                    ? report
                    : Completed(worker.WithEarlier(
                        item, OutsideReports.TimedOut(item.Id, item.InputPath, _options.ClipTimeout))),
            Failed = (item, e) =>
                Completed(worker.WithEarlier(item, OutsideReports.Bug(item.Id, item.InputPath, e))),
            Limit = _options.ClipTimeout,
        };

        ClipReport Completed(ClipReport report)
        {
            ledger.Note(report);
            observer.Completed(report);
            return report;
        }
    }

    private void Flush(Ledger ledger)
    {
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
    }
}
