namespace VoiceClean.Runs.Scheduling;

/// <summary>How <see cref="OrderedWorkers"/> treats the items of one kind of work.</summary>
/// <typeparam name="TItem">What is worked on.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed record WorkPlan<TItem, TResult>
{
    /// <summary>
    /// Does one item on one of the workers' threads. Whatever it throws becomes a result through <see cref="Failed"/>.
    /// Its last argument says that what remains to be done is waiting (for the disk), so that another item may begin;
    /// more than once does no harm.
    /// </summary>
    public required Func<TItem, CancellationToken, Action, TResult> Work { get; init; }

    /// <summary>
    /// Takes the results, in the order of the items, on the thread that called <see cref="OrderedWorkers.Run"/>.
    /// </summary>
    public required Action<TItem, TResult> Emit { get; init; }

    /// <summary>The result of an item that was not finished because the run was stopped.</summary>
    public required Func<TItem, TResult> Dropped { get; init; }

    /// <summary>The same of an item that was not even begun; null = no difference.</summary>
    public Func<TItem, TResult>? NotBegun { get; init; }

    /// <summary>
    /// The result of an item that took longer than <see cref="Limit"/>, from what its work still returned (default if
    /// it never did).
    /// </summary>
    public required Func<TItem, TResult?, TResult> TimedOut { get; init; }

    /// <summary>The result of an item whose work threw.</summary>
    public required Func<TItem, Exception, TResult> Failed { get; init; }

    /// <summary>
    /// Longest time for one item; it is then cancelled, and if it does not listen, left behind. Default: for ever.
    /// </summary>
    public TimeSpan Limit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long items in flight may take to notice that they are cancelled, default 1 s: an end within 2 s on a busy
    /// machine too.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// Works on a list of items, each on one thread of a few, and hands the results on in the order of the list. At most
/// <see cref="Window"/> results wait for a slow predecessor, so memory does not grow with the list. A thread that hangs
/// is replaced.
/// </summary>
internal static class OrderedWorkers
{
    /// <summary>Most results that wait for one that is not ready yet.</summary>
    public const int Window = 1024;

    /// <summary>
    /// Most items that wait for the disk while as many as asked for are worked on; none with one job, which is one
    /// thing after the other.
    /// </summary>
    private const int MostWaiting = 8;

    /// <summary>
    /// Works on all items. Returns when every item has got its result: by work, or, once stopped, without.
    /// </summary>
    /// <param name="items">What is to be done.</param>
    /// <param name="jobs">Items worked on at a time, at least 1.</param>
    /// <param name="plan">How.</param>
    /// <param name="stop">Asks for an end: nothing new is begun, what is in flight is cancelled.</param>
    public static void Run<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int jobs,
        WorkPlan<TItem, TResult> plan,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        new OrderedRun<TItem, TResult>(items, jobs, Math.Min(jobs - 1, MostWaiting), plan, stop).Run();
    }
}
