using VoiceClean.Testing.Tools;
using VoiceClean.Web.Pool;
using Xunit;

namespace VoiceClean.Web.Tests.Pool;

public sealed class CleaningPoolTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CleaningPool _pool;
    private readonly ManualResetEventSlim _letGo = new();
    private readonly ManualResetEventSlim _running = new();

    public CleaningPoolTests() => _pool = new CleaningPool(new PoolOptions
    {
        Workers = 1,
        Queue = 1,
        Processors = 8,
        QueueTimeout = TimeSpan.FromSeconds(30),
        WorkTimeout = TimeSpan.FromSeconds(60),
        StuckAfter = TimeSpan.FromSeconds(10),
        Time = _time,
    });

    public void Dispose()
    {
        _letGo.Set();
        _pool.Dispose();
    }

    [Fact]
    public void There_are_as_many_places_as_workers_and_queue()
    {
        using PoolPlace first = _pool.TryEnter()!, second = _pool.TryEnter()!;
        Assert.NotNull(second);
        Assert.Null(_pool.TryEnter());
        first.Dispose();
        first.Dispose();
        using PoolPlace? third = _pool.TryEnter();
        Assert.NotNull(third);
        Assert.Null(_pool.TryEnter());
    }

    [Fact]
    public async Task Work_is_not_done_on_the_thread_pool_and_its_answer_not_on_the_worker()
    {
        using PoolPlace place = _pool.TryEnter()!;
        PoolResult<(bool IsPooled, int Thread)> done = await place.RunAsync(
            _ => (Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId),
            CancellationToken.None);
        Assert.False(done.Value.IsPooled);
        Assert.NotEqual(done.Value.Thread, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task One_that_waits_too_long_ends_without_beginning()
    {
        using PoolPlace first = _pool.TryEnter()!, second = _pool.TryEnter()!;
        Task<PoolResult<int>> running = Hold(first);
        Task<PoolResult<int>> waiting = second.RunAsync(_ => 2, CancellationToken.None);
        Assert.Equal((1, 1), (_pool.Figures.Running, _pool.Figures.Waiting));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(new PoolResult<int>(0, PoolStop.QueueTimeout), await waiting);
        Assert.Equal(0, _pool.Figures.Waiting);
        _letGo.Set();
        Assert.Equal(new PoolResult<int>(1, PoolStop.None), await running);
    }

    [Fact]
    public async Task Work_that_takes_too_long_is_told_to_stop()
    {
        using PoolPlace place = _pool.TryEnter()!;
        Task<PoolResult<int>> work = place.RunAsync(
            turn =>
            {
                _running.Set();
                turn.Stop.WaitHandle.WaitOne();
                turn.Stop.ThrowIfCancellationRequested();
                return 1;
            },
            CancellationToken.None);
        Await.Signal(_running, "it runs");
        Await.Until(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(60));
                return work.IsCompleted;
            },
            "it was told");
        Assert.Equal(PoolStop.WorkTimeout, (await work).Stop);
    }

    [Fact]
    public async Task Work_that_is_told_to_stop_and_does_not_is_given_up_and_another_worker_goes_on()
    {
        using PoolPlace first = _pool.TryEnter()!, second = _pool.TryEnter()!;
        Task<PoolResult<int>> stuck = Hold(first);
        _time.Advance(TimeSpan.FromSeconds(69));
        Assert.False(stuck.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new PoolResult<int>(0, PoolStop.Stuck), await stuck);
        Assert.Equal((0, 1), (_pool.Figures.Running, _pool.Figures.Stuck));
        Assert.Equal(2, (await second.RunAsync(_ => 2, CancellationToken.None)).Value);
        _letGo.Set();
        Await.Until(() => _pool.Figures.Stuck == 0, "the worker that was given up has come back and ended");
        Assert.Equal(3, (await second.RunAsync(_ => 3, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_never_begins()
    {
        using PoolPlace first = _pool.TryEnter()!, second = _pool.TryEnter()!;
        Task<PoolResult<int>> running = Hold(first);
        using var gone = new CancellationTokenSource();
        bool hasBegun = false;
        Task<PoolResult<bool>> waiting = second.RunAsync(_ => hasBegun = true, gone.Token);
        await gone.CancelAsync();
        Assert.Equal(PoolStop.Gone, (await waiting).Stop);
        _letGo.Set();
        await running;
        Assert.False(hasBegun);
    }

    [Fact]
    public async Task Who_is_alone_gets_all_processors_and_many_share_them()
    {
        using var pool = new CleaningPool(new PoolOptions { Workers = 3, Queue = 0, Processors = 8 });
        using var all = new Barrier(3);
        using PoolPlace a = pool.TryEnter()!, b = pool.TryEnter()!, c = pool.TryEnter()!;
        int[] alone = [(await a.RunAsync(turn => turn.Threads, CancellationToken.None)).Value];
        PoolResult<int>[] together = await Task.WhenAll(new[] { a, b, c }.Select(p => p.RunAsync(
            turn =>
            {
                all.SignalAndWait(Await.Limit);
                return turn.Threads;
            },
            CancellationToken.None)));
        Assert.Equal([8], alone);
        Assert.Equal([2, 4, 8], together.Select(t => t.Value).Order());
    }

    [Fact]
    public async Task A_closed_pool_gives_no_place_and_is_empty_when_the_last_is_left()
    {
        PoolPlace place = _pool.TryEnter()!;
        Task empty = _pool.CloseAsync();
        Assert.Null(_pool.TryEnter());
        Assert.False(empty.IsCompleted);
        Assert.Equal(7, (await place.RunAsync(_ => 7, CancellationToken.None)).Value);
        place.Dispose();
        await empty;
    }

    [Fact]
    public async Task Ending_stops_what_runs_and_what_is_still_to_come()
    {
        using PoolPlace first = _pool.TryEnter()!, second = _pool.TryEnter()!;
        Task<PoolResult<bool>> running = first.RunAsync(turn => turn.Stop.WaitHandle.WaitOne(), CancellationToken.None);
        _pool.End();
        Assert.Equal(PoolStop.Ended, (await running).Stop);
        Assert.Equal(PoolStop.Ended, (await second.RunAsync(_ => 1, CancellationToken.None)).Stop);
    }

    [Fact]
    public async Task What_work_throws_reaches_whoever_waits_and_the_worker_goes_on()
    {
        using PoolPlace place = _pool.TryEnter()!;
        await Assert.ThrowsAsync<FormatException>(() =>
            place.RunAsync<int>(_ => throw new FormatException(), CancellationToken.None));
        Assert.Equal(1, (await place.RunAsync(_ => 1, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task When_a_place_will_be_free_follows_from_what_is_there_and_how_long_it_takes()
    {
        Assert.Equal(1, _pool.SecondsUntilFree());
        using PoolPlace first = _pool.TryEnter()!, second = _pool.TryEnter()!;
        Task<PoolResult<int>> slow = Hold(first);
        _time.Advance(TimeSpan.FromSeconds(12));
        _letGo.Set();
        await slow;
        _letGo.Reset();
        _running.Reset();
        Task<PoolResult<int>> running = Hold(first), waiting = second.RunAsync(_ => 1, CancellationToken.None);
        Assert.Equal(24, _pool.SecondsUntilFree());
        _letGo.Set();
        await running;
        await waiting;
    }

    private Task<PoolResult<int>> Hold(PoolPlace place)
    {
        Task<PoolResult<int>> work = place.RunAsync(
            _ =>
            {
                _running.Set();
                _letGo.Wait();
                return 1;
            },
            CancellationToken.None);
        Await.Signal(_running, "it runs");
        return work;
    }
}
