namespace VoiceClean.Web.Pool;

/// <summary>
/// One job on its way: waiting, running, ended. Whoever ends it (the worker, the clock, the client, the pool) does so
/// once.
/// </summary>
internal abstract class PoolJob : IDisposable
{
    private const int IsWaiting = 0, IsRunning = 1, IsEnded = 2;

    private readonly CleaningPool _pool;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private readonly long _queued;
    private long _started;
    private int _state;
    private int _stop;

    protected PoolJob(CleaningPool pool)
    {
        _pool = pool;
        _queued = pool.Options.Time.GetTimestamp();
        _timer = pool.Options.Time.CreateTimer(
            _ => Tick(),
            null,
            pool.Options.QueueTimeout,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why it was asked to stop.</summary>
    protected PoolStop Stopped => (PoolStop)Volatile.Read(ref _stop);

    /// <summary>Asks it to stop; one that waits has ended then. The first reason counts.</summary>
    public void Stop(PoolStop reason)
    {
        bool isFirst = Interlocked.CompareExchange(ref _stop, (int)reason, (int)PoolStop.None) == (int)PoolStop.None;
        if (isFirst && !TryEnd(IsWaiting))
        {
            try
            {
                _stopping.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // it ended just now
            }
        }
    }

    /// <summary>Does it on this thread, if it still waits.</summary>
    /// <returns>False if this thread was given up meanwhile: it must end.</returns>
    public bool Run()
    {
        _started = _pool.Options.Time.GetTimestamp();       // before the clock can see that it runs
        if (Interlocked.CompareExchange(ref _state, IsRunning, IsWaiting) != IsWaiting)
        {
            return true;
        }

        int threads = _pool.Began(_pool.Options.Time.GetElapsedTime(_queued, _started));
        Wait(_pool.Options.WorkTimeout);
        Exception? bug = Do(new PoolTurn(threads, _stopping.Token));
        if (!TryEnd(IsRunning, bug))
        {
            _pool.CameBack();
            return false;
        }

        return true;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Does the work and keeps what it returns.</summary>
    /// <returns>What it threw, if it did.</returns>
    protected abstract Exception? Do(PoolTurn turn);

    /// <summary>Tells whoever waits.</summary>
    protected abstract void Answer(Exception? bug);

    // First the end of the patience with the queue, then with the work, then with the worker.
    private void Tick()
    {
        if (Volatile.Read(ref _state) == IsWaiting)
        {
            Stop(PoolStop.QueueTimeout);
            return;
        }

        TimeSpan worked = _pool.Options.Time.GetElapsedTime(_started);
        TimeSpan limit = _pool.Options.WorkTimeout, patience = limit + _pool.Options.StuckAfter;
        if (worked < limit)
        {
            Wait(limit - worked);
        }
        else if (worked < patience)
        {
            Stop(PoolStop.WorkTimeout);
            Wait(patience - worked);
        }
        else
        {
            TryEnd(IsRunning, isStuck: true);
        }
    }

    private void Wait(TimeSpan time)
    {
        try
        {
            _timer.Change(time, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // it ended just now
        }
    }

    private bool TryEnd(int from, Exception? bug = null, bool isStuck = false)
    {
        if (Interlocked.CompareExchange(ref _state, IsEnded, from) != from)
        {
            return false;
        }

        _pool.Ended(from == IsRunning ? _pool.Options.Time.GetElapsedTime(_started) : null);
        if (isStuck)
        {
            Volatile.Write(ref _stop, (int)PoolStop.Stuck);
            _pool.Replace();
        }

        Answer(bug);        // the last thing: whoever gets it sees all that went before
        return true;
    }
}

/// <summary>A job that returns something.</summary>
/// <typeparam name="T">What it returns.</typeparam>
internal sealed class PoolJob<T>(CleaningPool pool, Func<PoolTurn, T> work) : PoolJob(pool)
{
    // Or else whoever waits would go on, and write to a slow client, on the worker's thread.
    private readonly TaskCompletionSource<PoolResult<T>> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _value;

    /// <summary>Comes to its end with the job.</summary>
    public Task<PoolResult<T>> Done => _done.Task;

    /// <inheritdoc/>
    protected override Exception? Do(PoolTurn turn)
    {
        try
        {
            _value = work(turn);
            return null;
        }
#pragma warning disable CA1031 // Whoever waits for the job gets it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    /// <inheritdoc/>
    protected override void Answer(Exception? bug)
    {
        if (bug is null or OperationCanceledException)
        {
            PoolStop stopped = Stopped;
            _done.SetResult(new PoolResult<T>(stopped == PoolStop.Stuck ? default : _value, stopped));
        }
        else
        {
            _done.SetException(bug);
        }
    }
}
