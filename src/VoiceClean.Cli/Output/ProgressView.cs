using Spectre.Console;

namespace VoiceClean.Cli.Output;

/// <summary>Shows on standard error how a batch gets on.</summary>
internal abstract class ProgressView(ProgressMeter meter) : IDisposable
{
    public ProgressMeter Meter => meter;

    /// <summary>A bar on a terminal, lines elsewhere, unless something else is asked for.</summary>
    /// <param name="mode">"auto", "bar", "plain" or "none".</param>
    /// <param name="total">Number of inputs.</param>
    /// <param name="screen">Standard error.</param>
    public static ProgressView Create(string mode, int total, Screen screen)
    {
        var meter = new ProgressMeter(total);
        bool isTerminal =
            !System.Console.IsErrorRedirected
            && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb")
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        return (screen.Quiet ? "none" : mode, isTerminal) switch
        {
            ("none", _) => new NoProgress(meter),
            ("bar", _) or ("auto", true) => new BarProgress(meter, screen.Interactive()),
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
        Screen.Line(FormattableString.Invariant($"{Meter.Total:N0} clips"));
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
internal sealed class BarProgress(ProgressMeter meter, IAnsiConsole console) : ProgressView(meter)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public override void Say(string message) => console.WriteLine("voiceclean: " + message.ReplaceLineEndings(" "));

    public override T Show<T>(Func<T> work) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Meter.ToString(), maxValue: Math.Max(1, Meter.Total));
                using var timer = new Timer(
                    _ =>
                    {
                        task.Value = Meter.Done;
                        task.Description = Meter.ToString();
                    },
                    null,
                    TimeSpan.Zero,
                    Interval);
                return work();
            });
}
