namespace VoiceClean.Web.Pool;

/// <summary>
/// A place in a pool, from before a request's body is read until its answer is sent. Disposing of it frees the place.
/// </summary>
internal sealed class PoolPlace : IDisposable
{
    private readonly CleaningPool _pool;
    private int _isLeft;

    internal PoolPlace(CleaningPool pool) => _pool = pool;

    /// <summary>Has a worker do something, as soon as one is free.</summary>
    /// <param name="work">Called on the worker's thread; an <see cref="OperationCanceledException"/> means it
    /// stopped.</param>
    /// <param name="gone">Cancelled when nobody wants the result any more.</param>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <returns>Completes when the worker is done, unless the job never began or the worker is stuck.</returns>
    public async Task<PoolResult<T>> RunAsync<T>(Func<PoolTurn, T> work, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(_isLeft != 0, this);
        using var job = new PoolJob<T>(_pool, work);
        using CancellationTokenRegistration leaving = gone.Register(() => job.Stop(PoolStop.Gone));
        using CancellationTokenRegistration ending = _pool.Ending.Register(() => job.Stop(PoolStop.Ended));
        _pool.Add(job);
        return await job.Done.ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            _pool.Leave();
        }
    }
}
