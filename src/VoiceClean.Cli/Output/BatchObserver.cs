using System.Diagnostics;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;

namespace VoiceClean.Cli.Output;

/// <summary>Tells people and programs about the verdicts of a batch.</summary>
internal sealed class BatchObserver : IRunObserver, IDisposable
{
    private const int MostMessages = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Screen _screen;
    private readonly ProgressView _progress;
    private readonly ReportLines _lines;
    private readonly CancellationTokenSource _stop;
    private readonly Stopwatch _sinceWord = Stopwatch.StartNew();
    private int _messages;

    public BatchObserver(Screen screen, ProgressView progress, ReportLines lines, CancellationToken stop)
    {
        _screen = screen;
        _progress = progress;
        _lines = lines;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>Ends the run: a signal came, or nobody reads standard output any more.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>
    /// Why the lines could not be written on: the reader of standard output went away, the disk is full. Null if they
    /// could.
    /// </summary>
    public ErrorKind? LinesFailure { get; private set; }

    public bool ReadsMeasurements => _lines.HasReader;

    public void Started(RunStart start)
    {
        if (start.Outdated is { } outdated)
        {
            _screen.Log.Debug(
                "stale temporary files removed: {Removed}; recordings to be done again: {Outdated}",
                start.RemovedTemporaries,
                outdated);
        }
        else
        {
            _screen.Log.Debug(
                "{Removed} stale temporary files removed; {Lines} journal lines, {Ignored} ignored",
                start.RemovedTemporaries,
                start.JournalLines,
                start.IgnoredLines);
        }

        _progress.Begin();
    }

    public void Completed(ClipReport report) => _progress.Meter.Add(report);

    public void Transcribed(int clips, int of)
    {
        if (!_screen.Quiet && (clips == of || _sinceWord.Elapsed > Interval))
        {
            _sinceWord.Restart();
            Screen.Line($"{clips} of {Counted.Of(of, "clip")} heard by the command");
        }
    }

    public void Report(ClipReport report)
    {
        Exception? bug = report.Reason == ReasonCodes.InternalError ? report.Exception : null;
        string because = report.Reason is { } reason ? $" {reason}" : "";
        _screen.Log.Debug(bug, "{Id}: {Status}{Reason}", report.Id, report.Status, because);
        Say(report);
        if (LinesFailure is not null)
        {
            return;
        }

        try
        {
            _lines.Add(report);
        }
        catch (VoiceCleanException e)
        {
            LinesFailure = e.Kind;
            _progress.Say(e.Message);
            _stop.Cancel();
        }
    }

    public void Dispose() => _stop.Dispose();

    private void Say(ClipReport report)
    {
        if (report.Status is not (ClipStatus.Failed or ClipStatus.Rejected))
        {
            return;
        }

        if (report.Status == ClipStatus.Rejected && _screen.Quiet)
        {
            return;
        }

        _messages++;
        if (_messages <= MostMessages)
        {
            string status = report.Status.ToString().ToLowerInvariant();
            Tone tone = report.Status == ClipStatus.Failed ? Tone.Bad : Tone.Fair;
            _progress.Say(
                Paint.With(tone, Tongue.Say($"{status}:"), Paint.IsOnError)
                    + $"{Tongue.Gap}{Tongue.Say(Screen.About(report.Input?.Path ?? report.Id, report.Message))}");
        }
        else if (_messages == MostMessages + 1)
        {
            _progress.Say("further ones are not shown here; --report FILE lists all of them.");
        }
    }
}
