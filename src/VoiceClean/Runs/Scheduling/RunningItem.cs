using System.Diagnostics;

namespace VoiceClean.Runs.Scheduling;

/// <summary>An item of an <see cref="OrderedRun{TItem, TResult}"/> that one of its threads works on.</summary>
/// <param name="index">Its place in the list.</param>
/// <param name="stop">Ends the whole run.</param>
internal sealed class RunningItem(int index, CancellationToken stop) : IDisposable
{
    public int Index { get; } = index;

    /// <summary>[tick of <see cref="Stopwatch"/>]</summary>
    public long Started { get; } = Stopwatch.GetTimestamp();

    public CancellationTokenSource Cancellation { get; } = CancellationTokenSource.CreateLinkedTokenSource(stop);

    /// <summary>It took longer than allowed and has been cancelled.</summary>
    public bool IsLate { get; set; }

    /// <summary>What remains is waiting for the disk.</summary>
    public bool IsWaiting { get; set; }

    public void Dispose() => Cancellation.Dispose();
}
