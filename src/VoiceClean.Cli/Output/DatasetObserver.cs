using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs.Planning;

namespace VoiceClean.Cli.Output;

/// <summary>
/// Tells about the verdicts of a set as of any batch, and keeps those of recordings that gave nothing.
/// </summary>
internal sealed class DatasetObserver(BatchObserver inner) : IBatchObserver, IDisposable
{
    private readonly List<ClipReport> _fruitless = [];

    public BatchObserver Inner => inner;

    /// <summary>Reports of recordings that were rejected or failed.</summary>
    public IReadOnlyList<ClipReport> Fruitless => _fruitless;

    public void Settled(ClipReport report) => inner.Settled(report);

    public void Report(ClipReport report)
    {
        inner.Report(report);
        if (report.Status is (ClipStatus.Rejected or ClipStatus.Failed) && report.Reason != ReasonCodes.Cancelled)
        {
            _fruitless.Add(report with { Options = null, Exception = null });
        }
    }

    public void Dispose() => inner.Dispose();
}
