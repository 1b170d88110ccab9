using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>
/// Does one thing at a time, and only the latest: who moves a slider wants what it says now, not what it said on the
/// way. Thread-safe.
/// </summary>
internal sealed class RenderLane : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _guard = new();
    private CancellationTokenSource? _latest;
    private bool _isOver;

    /// <summary>Does it, after what came before has stopped.</summary>
    /// <param name="work">Gets what stops it.</param>
    /// <param name="gone">Cancelled when nobody waits any more.</param>
    /// <exception cref="RefusalException">Something later has taken its place.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken gone)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(gone);
        Take(mine);
        try
        {
            await _turn.WaitAsync(mine.Token).ConfigureAwait(false);
            try
            {
                // A thread of its own: the pool answers requests meanwhile.
                return await Task.Factory.StartNew(
                    () => work(mine.Token),
                    mine.Token,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw new RefusalException(HttpReasons.Superseded, "A later request has taken the place of this one.");
        }
        finally
        {
            Leave(mine);
        }
    }

    /// <summary>Ends what is done, and waits for nothing.</summary>
    public void Overtake()
    {
        lock (_guard)
        {
            _latest?.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_guard)
        {
            _isOver = true;
            _latest?.Cancel();
        }
    }

    private void Take(CancellationTokenSource mine)
    {
        lock (_guard)
        {
            if (_isOver)
            {
                throw new RefusalException(HttpReasons.NotOpen, "This recording is not open any more.");
            }

            _latest?.Cancel();
            _latest = mine;
        }
    }

    private void Leave(CancellationTokenSource mine)
    {
        lock (_guard)
        {
            if (_latest == mine)
            {
                _latest = null;
            }
        }
    }
}
