using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;

namespace VoiceClean.Runs;

/// <summary>
/// Keeps the account of a run and ends it when going on is pointless: too many failures, or no space left for any
/// result.
/// </summary>
/// <param name="maxFailures">The run ends after so many failed inputs; null = never.</param>
/// <param name="ending">Is cancelled to end the run.</param>
/// <param name="isFull">Tries whether the output has room for anything at all.</param>
internal sealed class Ledger(int? maxFailures, CancellationTokenSource ending, Func<bool> isFull)
{
    private readonly RunSummary.Tally _tally = new();
    private readonly List<FailedInput> _failed = [];
    private bool _isStopped;
    private int _failures;
    private int _temporary;
    private int _warnings;

    /// <summary>Adds a verdict to the sum; in the order of the plan, by one thread.</summary>
    public void Add(ClipReport report)
    {
        _tally.Add(report);
        if (report.Reason == ReasonCodes.Cancelled)
        {
            _isStopped = true;
        }
        else if (report.Status is ClipStatus.Rejected or ClipStatus.Failed)
        {
            _failed.Add(FailedInput.Of(report));
        }
    }

    /// <summary>Takes note of a verdict; from any thread.</summary>
    public void Note(ClipReport report)
    {
        if (report.Status != ClipStatus.Failed)
        {
            if (report.Warnings.Count > 0)
            {
                Interlocked.Increment(ref _warnings);
            }

            return;
        }

        int failures = Interlocked.Increment(ref _failures);
        if (report.Kind == ErrorKind.Temporary)
        {
            NoteTemporaryFailure();
        }

        if (failures >= maxFailures || (report.Reason == ReasonCodes.NoSpace && isFull()))
        {
            ending.Cancel();
        }
    }

    /// <summary>Takes note of a failure that may succeed later.</summary>
    public void NoteTemporaryFailure() => Interlocked.Increment(ref _temporary);

    /// <summary>The account at the end.</summary>
    public RunResult Close(TimeSpan wallTime) => new()
    {
        Summary = _tally.ToSummary(Math.Round(wallTime.TotalSeconds, 3)),
        Failed = _failed,
        WallTime = wallTime,
        HasTemporaryFailure = _temporary > 0,
        HasWarnings = _warnings > 0,
        IsStopped = _isStopped,
    };
}
