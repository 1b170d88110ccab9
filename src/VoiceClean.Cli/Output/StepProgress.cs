namespace VoiceClean.Cli.Output;

/// <summary>
/// What is done with a single long recording, on a terminal and only if it takes a while: the step and the time so far.
/// </summary>
internal sealed class StepProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5), Interval = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();
    private readonly long _start = System.Diagnostics.Stopwatch.GetTimestamp();
    private readonly ProgressBar? _line;
    private readonly Timer? _timer;
    private string _step = "";
    private bool _isOver;

    /// <param name="isShown">Whether there is anybody to see it.</param>
    public StepProgress(bool isShown)
    {
        if (!isShown)
        {
            return;
        }

        _line = new ProgressBar(Console.Error, () => Console.WindowWidth);
        _timer = new Timer(_ => Tick(), null, Patience, Interval);
    }

    /// <summary>A step begins.</summary>
    public void Begin(string step) => _step = step;

    /// <summary>The line: "spectral-gate, 0:12".</summary>
    public static string Line(string step, TimeSpan time, int columns)
    {
        string said = step switch
        {
            "decode" => "reading",
            "inspect" or "inspect_result" or "inspect_speech" => "measuring",
            "write" => "writing",
            _ => step.Replace('_', '-'),
        };
        string line = $"{Tongue.Say(said)}, {BatchText.Time(time)}";
        while (line.Length > 0 && Wrapped.Columns(line) >= columns)
        {
            line = line[..^1];
        }

        return line;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _line?.Clear();
        }

        _timer?.Dispose();
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                TimeSpan time = TimeSpan.FromSeconds(
                    Math.Floor(System.Diagnostics.Stopwatch.GetElapsedTime(_start).TotalSeconds));
                _line!.Show(Line(_step, time, Console.WindowWidth));
            }
        }
    }
}
