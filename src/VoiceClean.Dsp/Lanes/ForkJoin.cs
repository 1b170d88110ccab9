using System.Runtime.ExceptionServices;

namespace VoiceClean.Dsp.Lanes;

/// <summary>
/// Divides the work on one recording among threads. What is divided, and where, never depends on how many threads there
/// are, so neither do the bits of the result; pieces write to places of their own.
/// </summary>
public static class ForkJoin
{
    /// <summary>Does all pieces, in any order, and returns when they are done.</summary>
    /// <param name="threads">Threads to use at most; with 1 the pieces are done here, in order.</param>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="work">Does the piece of this number.</param>
    /// <param name="cancellation">Looked at before each piece.</param>
    /// <exception cref="OperationCanceledException">Cancelled; some pieces were not done.</exception>
    public static void For(int threads, int pieces, Action<int> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (threads <= 1 || pieces <= 1)
        {
            for (int i = 0; i < pieces; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(i);
            }

            return;
        }

        try
        {
            Parallel.For(
                0,
                pieces,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                work);
        }
        catch (AggregateException e)
        {
            // As if it had happened here: callers know nothing of threads.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
