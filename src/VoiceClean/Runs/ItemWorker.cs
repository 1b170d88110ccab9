using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs;

/// <summary>
/// Brings one item of a batch to its verdict: kept from an earlier run, refused, or worked on, published and noted in
/// the journal. Serves all threads of a run.
/// </summary>
internal sealed class ItemWorker(
    Journal journal,
    ResumeRule rule,
    BatchOptions options,
    string settings,
    IOutputFiles files,
    RunAdvice advice,
    DecodeAhead ahead,
    Func<ClipJob, CancellationToken, ClipReport> work)
{
    private const string Stays = "What an earlier run made of it stays as it was.";

    private readonly HeavyInputs _heavy = new(options.Jobs, HeavyInputs.AvailableMemory);

    /// <summary>The verdict on an item that the run did not finish.</summary>
    public static ClipReport Stopped(PlanItem item) => OutsideReports.Stopped(item.Id, item.InputPath);

    /// <summary>The verdict on an item that the run did not come to.</summary>
    public static ClipReport NotBegun(PlanItem item) => OutsideReports.NotBegun(item.Id, item.InputPath);

    /// <summary>Brings an item to its verdict.</summary>
    /// <param name="item">The item.</param>
    /// <param name="askForNext">Called once it is known that the item will really be made.</param>
    /// <param name="isWaiting">Called when what remains is waiting for the disk.</param>
    /// <param name="cancellation">Once cancelled, nothing is published any more.</param>
    public ClipReport Run(PlanItem item, Action askForNext, Action isWaiting, CancellationToken cancellation)
    {
        if (item.Failure is { } failure)
        {
            return WithEarlier(item, OutsideReports.Failed(item.Id, item.InputPath, failure));
        }

        Fingerprint? input = rule.FingerprintOf(item.InputPath);
        ResumeAction action = rule.Decide(item, input, out JournalEntry? entry);
        switch (action)
        {
            case ResumeAction.Keep:
                return Kept(item, entry!);
            case ResumeAction.Refuse:
                return OutsideReports.Failed(
                    item.Id,
                    item.InputPath,
                    new OutputException(ReasonCodes.OutputExists, WhyNot(item, entry)));
        }

        askForNext();
        var publisher = new ItemPublisher(
            item,
            input,
            action == ResumeAction.Replace,
            new WaitingFiles(files, isWaiting),
            advice,
            cancellation);
        if (Work(item, input, publisher, cancellation) is not { } report)
        {
            return Stopped(item);
        }

        return report.Reason == ReasonCodes.Cancelled ? report
            : Note(item, input, report, publisher, report.Status != ClipStatus.Ok ? entry : null);
    }

    /// <summary>A failure, and what is said of the result of an earlier run that stays.</summary>
    public ClipReport WithEarlier(PlanItem item, ClipReport failed) =>
        ResumeRule.IsResultOf(journal.Find(item.Output), item) ? Adding(failed, Stays) : failed;

    /// <summary>The report of the work; null if it was cancelled before it began.</summary>
    private ClipReport? Work(
        PlanItem item,
        Fingerprint? input,
        ItemPublisher publisher,
        CancellationToken cancellation)
    {
        var job = new ClipJob
        {
            Id = item.Id,
            InputPath = item.InputPath,
            OutputPath = item.OutputPath,
            OpenInput = () => ahead.Open(item, input, cancellation),
            Publish = publisher.Publish,
        };
        try
        {
            return _heavy.Run(input?.SizeBytes, () => work(job, cancellation), cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            ahead.Release(item);
        }
    }

    private ClipReport Note(
        PlanItem item,
        Fingerprint? input,
        ClipReport report,
        ItemPublisher publisher,
        JournalEntry? earlier)
    {
        try
        {
            earlier = ResumeRule.IsResultOf(earlier, item) ? earlier : null;
            bool isRemoved = report.Status == ClipStatus.Rejected && earlier is not null;
            if (isRemoved)
            {
                // made by us from an older input or with older settings; there is no such result any more
                files.Delete(item.OutputPath);
                earlier = null;
            }

            if (input is not null)      // else there is nothing to compare with later
            {
                journal.Append(EntryOf(item, input, report, earlier), report, publisher.PublishedFolder);
            }

            return isRemoved ? Adding(report, "What an earlier run made of it was removed.")
                : earlier is not null ? Adding(report, Stays)
                : report;
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

    // Of this run only: the journal's line is said again by later ones.
    private static ClipReport Adding(ClipReport report, string sentence) =>
        report with { Message = $"{report.Message} {sentence}" };

    private string WhyNot(PlanItem item, JournalEntry? entry) =>
        entry is not null && rule.OtherSource(item, entry) is { } other
            ? $"The result of {item.Id} was made of {other}, another recording; name the folder that holds both, "
                + $"choose another output, or {advice.OverwriteAlways}."
            : $"{item.OutputPath} exists already and {advice.OverwriteNever}.";

    private JournalEntry EntryOf(PlanItem item, Fingerprint input, ClipReport report, JournalEntry? earlier) => new()
    {
        Output = item.Output,
        Id = item.Id,
        Source = Path.GetFullPath(item.InputPath),
        Input = input,
        Settings = settings,
        Tool = ClipReportBuilder.ToolVersion,
        Status = report.Status,
        OutputBytes = report.Output is { } made ? made.SizeBytes : earlier?.OutputBytes,
        OutputSha256 = report.Output is { } result ? result.Sha256 : earlier?.OutputSha256,
    };

    private ClipReport Kept(PlanItem item, JournalEntry entry)
    {
        ClipReport report =
            journal.ReadReport(entry) ?? OutsideReports.Unmeasured(item.Id, item.InputPath, entry.Status);
        return report with
        {
            Status = entry.Status == ClipStatus.Ok ? ClipStatus.Unchanged : entry.Status,
            Kind = entry.Status == ClipStatus.Rejected ? ErrorKind.Refused : null,
            Input = (report.Input ?? new FileFacts { Path = "" }) with { Path = item.InputPath },
            Output = report.Output is { } output ? output with { Path = item.OutputPath } : null,
        };
    }
}
