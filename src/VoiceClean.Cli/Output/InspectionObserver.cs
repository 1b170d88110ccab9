using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;

namespace VoiceClean.Cli.Output;

/// <summary>Shows inspected recordings to people and programs as they come.</summary>
internal sealed class InspectionObserver : IRunObserver, IDisposable
{
    private readonly ProgressView _progress;
    private readonly ReportLines _lines;
    private readonly InspectionTable? _table;
    private readonly StepProgress? _steps;
    private readonly CancellationTokenSource _stop;

    public InspectionObserver(
        ProgressView progress,
        ReportLines lines,
        InspectionTable? table,
        StepProgress? steps,
        CancellationToken stop)
    {
        (_progress, _lines, _table, _steps) = (progress, lines, table, steps);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>Ends the run: a signal came, or nobody reads the output any more.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Why the lines or the table could not be written on; null if they could.</summary>
    public ErrorKind? LinesFailure { get; private set; }

    public void Started(RunStart start) => _progress.Begin();

    public void Completed(ClipReport report)
    {
        _steps?.Dispose();                 // before the table is written over its line
        _progress.Meter.Add(report);
    }

    public void Report(ClipReport report)
    {
        if (LinesFailure is not null)
        {
            return;
        }

        try
        {
            _lines.Add(report);
            _table?.Add(report);
            if (report.Status == ClipStatus.Failed)
            {
                _progress.Say(Screen.About(report.Input?.Path ?? report.Id, report.Message));
            }
        }
        catch (VoiceCleanException e)
        {
            LinesFailure = e.Kind;
            _progress.Say(e.Message);
            _stop.Cancel();
        }
    }

    public void Dispose() => _stop.Dispose();
}
