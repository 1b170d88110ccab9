using System.Collections.Concurrent;

namespace VoiceClean.Web.Pool;

/// <summary>
/// A few workers with threads of their own behind a bounded number of places. A request takes a place before its body
/// is read, so nothing is brought in that nobody could keep; a worker begins only when everything is there, so no slow
/// client holds one. Knows nothing of HTTP. Thread-safe.
/// </summary>
/// <remarks>
/// The threads are not those of the thread pool: the server answers, refuses and tells its health on that one whatever
/// the workers do.
/// </remarks>
internal sealed class CleaningPool : IDisposable
{
    private const double MeanWeight = 0.1;      // of a new time of work in the running mean

    private readonly BlockingCollection<PoolJob> _waiting = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private double? _meanSeconds;
    private int _taken;
    private int _running;
    private int _queued;
    private int _stuck;
    private bool _isClosed;

    /// <summary>Starts the workers.</summary>
    /// <param name="options">How many, and how long things may take.</param>
    public CleaningPool(PoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Queue);
        Options = options;
        for (int i = 0; i < options.Workers; i++)
        {
            StartWorker();
        }
    }

    /// <summary>How large it is.</summary>
    public PoolOptions Options { get; }

    /// <summary>How long jobs waited for a worker.</summary>
    public TimeHistogram QueueTimes { get; } = new();

    /// <summary>How long jobs were worked on.</summary>
    public TimeHistogram WorkTimes { get; } = new();

    /// <summary>All places: one for each worker and those of the queue.</summary>
    public int Places => Options.Workers + Options.Queue;

    /// <summary>Whether no place is given any more.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Cancelled by <see cref="End"/>.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>What happens in it at this moment.</summary>
    public PoolFigures Figures =>
        new(
            Places,
            Volatile.Read(ref _taken),
            Volatile.Read(ref _running),
            Volatile.Read(ref _queued),
            Volatile.Read(ref _stuck));

    /// <summary>Takes a place.</summary>
    /// <returns>Null if none is free, or the pool is closed.</returns>
    public PoolPlace? TryEnter()
    {
        lock (_lock)
        {
            if (_isClosed || _taken == Places)
            {
                return null;
            }

            _taken++;
            return new PoolPlace(this);
        }
    }

    /// <summary>When a place will probably be free: what is there, at the mean of the times so far.</summary>
    /// <returns>[s], 1 to 3600.</returns>
    public int SecondsUntilFree()
    {
        lock (_lock)
        {
            double seconds = (_running + _queued) * (_meanSeconds ?? 1) / Options.Workers;
            return (int)Math.Clamp(Math.Ceiling(seconds), 1, 3600);
        }
    }

    /// <summary>Gives no place any more; those who have one keep it.</summary>
    /// <returns>Completes when every place is free.</returns>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            CompleteIfEmpty();
        }

        return _empty.Task;
    }

    /// <summary>Asks every job to stop, also those that are still to come.</summary>
    public void End() => _ending.Cancel();

    /// <summary>Lets the workers end.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _ending.Dispose();
    }

    internal void Add(PoolJob job)
    {
        Interlocked.Increment(ref _queued);
        _waiting.Add(job);
    }

    internal void Leave()
    {
        lock (_lock)
        {
            _taken--;
            CompleteIfEmpty();
        }
    }

    /// <summary>A worker begins a job.</summary>
    /// <returns>How many threads may work on it.</returns>
    internal int Began(TimeSpan waited)
    {
        QueueTimes.Add(waited);
        Interlocked.Decrement(ref _queued);
        return Math.Max(1, Options.Processors / Interlocked.Increment(ref _running));
    }

    /// <summary>A job has ended, after so much work; null if it never began.</summary>
    internal void Ended(TimeSpan? worked)
    {
        if (worked is not { } time)
        {
            Interlocked.Decrement(ref _queued);
            return;
        }

        Interlocked.Decrement(ref _running);
        WorkTimes.Add(time);
        lock (_lock)
        {
            _meanSeconds = _meanSeconds is { } mean
                ? mean + (MeanWeight * (time.TotalSeconds - mean))
                : time.TotalSeconds;
        }
    }

    /// <summary>A worker is given up: another one takes its place.</summary>
    internal void Replace()
    {
        Interlocked.Increment(ref _stuck);
        StartWorker();
    }

    /// <summary>A worker that was given up is done at last.</summary>
    internal void CameBack() => Interlocked.Decrement(ref _stuck);

    private void CompleteIfEmpty()
    {
        if (_isClosed && _taken == 0)
        {
            _empty.TrySetResult();
        }
    }

    private void StartWorker() => new Thread(Work) { IsBackground = true, Name = "cleaning" }.Start();

    private void Work()
    {
        foreach (PoolJob job in _waiting.GetConsumingEnumerable())
        {
            if (!job.Run())
            {
                return;
            }
        }
    }
}
