using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Keeps the account of a run and ends it when going on is pointless: too many failures, or no space left for any
/// result.
/// </summary>
/// <param name="maxFailures">The run ends after so many failed inputs; null = never.</param>
/// <param name="ending">Is cancelled to end the run.</param>
/// <param name="isFull">Tries whether the output has room for anything at all.</param>
internal sealed class Ledger(int? maxFailures, CancellationTokenSource ending, Func<bool> isFull)
{
    private int _failures;
    private int _temporary;
    private int _warnings;

    /// <summary>The verdicts in the order of the plan; used by one thread.</summary>
    public RunSummary.Tally Tally { get; } = new();

    /// <summary>Something failed that may succeed later.</summary>
    public bool HasTemporaryFailure => _temporary > 0;

    /// <summary>A result was written with a warning.</summary>
    public bool HasWarnings => _warnings > 0;

    /// <summary>Takes note of a verdict; from any thread.</summary>
    public void Note(ClipReport report)
    {
        if (report.Status != ClipStatus.Failed || report.Reason == ReasonCodes.Cancelled)
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
}
