using System.Diagnostics;
using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Cli.Output;

/// <summary>Counts verdicts and tells how fast they come. Thread-safe.</summary>
internal sealed class ProgressMeter(int total)
{
    private const double WindowSeconds = 30;

    private readonly Lock _gate = new();
    private readonly Queue<(double At, int Done, double Audio)> _history = new([(0, 0, 0)]);
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _failed;
    private int _rejected;
    private double _audio;

    public int Total => total;

    public int Done { get; private set; }

    public void Add(ClipReport report)
    {
        lock (_gate)
        {
            Done++;
            _failed += report.Status == ClipStatus.Failed ? 1 : 0;
            _rejected += report.Status == ClipStatus.Rejected ? 1 : 0;
            _audio += report.Status == ClipStatus.Ok ? report.Input?.DurationS ?? 0 : 0;
        }
    }

    /// <summary>
    /// "1,234/10,000 clips, 3:15 left, 2 failed, 45 a second, 225 x real time"; speeds are those of the last half
    /// minute.
    /// </summary>
    public override string ToString() => string.Join(", ", Texts());

    /// <summary>The same in pieces, the most important first.</summary>
    public IReadOnlyList<string> Texts()
    {
        lock (_gate)
        {
            double now = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            if (now - _history.Last().At >= 1)
            {
                _history.Enqueue((now, Done, _audio));
            }

            while (_history.Count > 2 && now - _history.Peek().At > WindowSeconds)
            {
                _history.Dequeue();
            }

            (double at, int done, double audio) = _history.Peek();
            double rate = (Done - done) / Math.Max(0.001, now - at),
                speed = (_audio - audio) / Math.Max(0.001, now - at);
            List<string> texts = [FormattableString.Invariant($"{Done:N0}/{total:N0} clips")];
            if (rate > 0)
            {
                texts.Add($"{BatchText.Time(TimeSpan.FromSeconds(Math.Min(1e8, (total - Done) / rate)))} left");
            }

            if (_failed > 0)
            {
                texts.Add(FormattableString.Invariant($"{_failed:N0} failed"));
            }

            if (_rejected > 0)
            {
                texts.Add(FormattableString.Invariant($"{_rejected:N0} rejected"));
            }

            texts.Add(FormattableString.Invariant($"{rate:0.#} a second"));
            texts.Add(FormattableString.Invariant($"{speed:0} x real time"));
            return [.. texts.Select(Tongue.Say)];
        }
    }
}
