namespace VoiceClean.Web.Pool;

/// <summary>Counts of times in fixed classes, as Prometheus wants them. Thread-safe.</summary>
internal sealed class TimeHistogram
{
    private readonly long[] _counts = new long[Bounds.Count + 1];
    private long _microseconds;

    /// <summary>Upper bounds of the classes [s]; the last class has none.</summary>
    public static IReadOnlyList<double> Bounds { get; } =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>Sum of all times [s].</summary>
    public double Sum => Interlocked.Read(ref _microseconds) / 1e6;

    /// <summary>Counts one time.</summary>
    public void Add(TimeSpan time)
    {
        int i = 0;
        while (i < Bounds.Count && time.TotalSeconds > Bounds[i])
        {
            i++;
        }

        Interlocked.Increment(ref _counts[i]);
        Interlocked.Add(ref _microseconds, (long)time.TotalMicroseconds);
    }

    /// <summary>How many times were at most each of the bounds, and at the end how many there were.</summary>
    public long[] Cumulative()
    {
        long[] sums = new long[_counts.Length];
        long sum = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += Interlocked.Read(ref _counts[i]);
        }

        return sums;
    }
}

/// <summary>What happens in a pool, for whoever watches it.</summary>
/// <param name="Places">All places there are.</param>
/// <param name="Taken">Places that are taken.</param>
/// <param name="Running">Jobs that are worked on.</param>
/// <param name="Waiting">Jobs that wait for a worker.</param>
/// <param name="Stuck">Workers that were given up and have not come back.</param>
internal sealed record PoolFigures(int Places, int Taken, int Running, int Waiting, int Stuck);
