namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Lets only so many long recordings in at a time as memory allows. A clip of a few seconds needs a few megabytes; one
/// of ten minutes or more needs about 200 MB however long it is (measured; beyond that its samples are in a temporary
/// file), which times the processors of a large machine in a small container would be too much.
/// </summary>
// A SemaphoreSlim whose wait handle is never asked for holds nothing, and threads left behind may still use it.
#pragma warning disable CA1001
internal sealed class HeavyInputs
#pragma warning restore CA1001
{
    /// <summary>Inputs from this size on count [byte]: three minutes of CD mono, a quarter of an hour of MP3.</summary>
    private const long Size = 16L << 20;

    private const long Cost = 200L << 20;

    private readonly SemaphoreSlim _places;

    /// <summary>Makes places for a run.</summary>
    /// <param name="jobs">Clips at a time.</param>
    /// <param name="memory">What this process may use [byte]; a quarter of it is for this.</param>
    public HeavyInputs(int jobs, long memory) =>
        _places = new SemaphoreSlim((int)Math.Clamp(memory / 4 / Cost, 1, jobs));

    /// <summary>Memory this process may use: that of the machine, or the limit of its control group [byte].</summary>
    public static long AvailableMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>How many heavy inputs fit at the moment.</summary>
    public int Free => _places.CurrentCount;

    /// <summary>Runs <paramref name="work"/>, once there is a place for an input of this size.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public T Run<T>(long? size, Func<T> work, CancellationToken cancellation)
    {
        if (size is null or < Size)
        {
            return work();
        }

        _places.Wait(cancellation);
        try
        {
            return work();
        }
        finally
        {
            _places.Release();
        }
    }
}
