using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cli.Output;

/// <summary>Shows on standard error how a batch gets on.</summary>
internal abstract class ProgressView(ProgressMeter meter) : IDisposable
{
    public ProgressMeter Meter => meter;

    /// <summary>Whether standard error is a terminal that somebody looks at.</summary>
    public static bool IsOnTerminal =>
        !System.Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb")
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>
    /// A bar on a terminal, lines elsewhere, unless something else is asked for. What comes through a pipe would be
    /// shown in the middle of a bar.
    /// </summary>
    /// <param name="mode">"auto", "bar", "plain" or "none".</param>
    /// <param name="total">Number of inputs.</param>
    /// <param name="screen">Standard error.</param>
    public static ProgressView Create(string mode, int total, Screen screen)
    {
        var meter = new ProgressMeter(total);
        return (screen.Quiet ? "none" : mode, IsOnTerminal && !StandardDescriptors.IsOutputPiped) switch
        {
            ("none", _) => new NoProgress(meter),
            ("bar", _) or ("auto", true) => new BarProgress(meter),
            _ => new PlainProgress(meter),
        };
    }

    /// <summary>Runs <paramref name="work"/> while progress is shown.</summary>
    public abstract T Show<T>(Func<T> work);

    /// <summary>The work begins.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>One sentence, above the bar if there is one.</summary>
    public virtual void Say(string message) => Screen.Error(message);

    public virtual void Dispose()
    {
    }

    private sealed class NoProgress(ProgressMeter meter) : ProgressView(meter)
    {
        public override T Show<T>(Func<T> work) => work();
    }
}

/// <summary>One line when it begins and one every ten seconds: for logs and for terminals that are none.</summary>
internal sealed class PlainProgress(ProgressMeter meter) : ProgressView(meter)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private Timer? _timer;

    public override void Begin()
    {
        Screen.Line(Counted.Of(Meter.Total, "clip"));
        _timer = new Timer(_ => Screen.Line(Meter.ToString()), null, Interval, Interval);
    }

    public override T Show<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        finally
        {
            Dispose();
        }
    }

    public override void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
        base.Dispose();
    }
}

/// <summary>A bar with rate and time left.</summary>
internal sealed class BarProgress(ProgressMeter meter) : ProgressView(meter)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly ProgressBar _bar = new(System.Console.Error, () => System.Console.WindowWidth);
    private Timer? _timer;

    public override void Begin() => _timer ??= new Timer(_ => Draw(), null, TimeSpan.Zero, Interval);

    public override void Say(string message)
    {
        lock (_gate)
        {
            _bar.Clear();
            Screen.Error(message);
        }
    }

    public override T Show<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        finally
        {
            Dispose();
        }
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            _bar.Clear();
        }

        base.Dispose();
    }

    private void Draw()
    {
        lock (_gate)
        {
            if (_timer is not null)
            {
                double share = (double)Meter.Done / Math.Max(1, Meter.Total);
                _bar.Show(ProgressBar.Line(share, Meter.Texts(), System.Console.WindowWidth - 1));
            }
        }
    }
}
