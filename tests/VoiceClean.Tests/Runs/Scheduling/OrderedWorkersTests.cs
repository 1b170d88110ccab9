using System.Collections.Concurrent;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Runs.Scheduling;

public class OrderedWorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Results_come_in_the_order_of_the_items_whatever_each_takes_and_none_is_missing(int jobs)
    {
        var emitted = new List<int>();
        var random = new Random(jobs);
        int[] pauses = [.. Enumerable.Range(0, 200).Select(_ => random.Next(3))];
        Run(3000, jobs, emitted, (i, _) =>
        {
            Thread.Sleep(i < pauses.Length ? pauses[i] : 0);
            return i;
        });
        Assert.Equal(Enumerable.Range(0, 3000), emitted);
    }

    [Fact]
    public async Task While_the_first_item_is_slow_no_more_than_a_window_runs_ahead()
    {
        using var first = new ManualResetEventSlim();
        int begun = 0;
        var emitted = new List<int>();
        Task run = Task.Run(() => Run(5000, 4, emitted, (i, _) =>
        {
            Interlocked.Increment(ref begun);
            if (i == 0)
            {
                first.Wait(CancellationToken.None);
            }

            return i;
        }), TestContext.Current.CancellationToken);
        Await.Until(() => begun >= OrderedWorkers.Window, "A window of items has begun");
        Thread.Sleep(50);       // for those that must not begin
        Assert.Equal(OrderedWorkers.Window, begun);
        Assert.Empty(emitted);
        first.Set();
        await run.WaitAsync(Await.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 5000), emitted);
    }

    [Fact]
    public void An_item_whose_work_throws_gets_its_own_result_and_the_others_theirs()
    {
        var emitted = new List<int>();
        Run(50, 4, emitted, (i, _) => i % 10 == 3 ? throw new InvalidOperationException() : i);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => i % 10 == 3 ? -3 : i), emitted);
    }

    [Fact]
    public void Stopped_in_the_middle_every_item_still_has_a_result_and_nothing_new_is_begun()
    {
        using var stop = new CancellationTokenSource();
        var emitted = new List<int>();
        var begun = new ConcurrentBag<int>();
        var done = new ConcurrentDictionary<int, bool>();
        Run(1000, 4, emitted, (i, token) =>
        {
            begun.Add(i);
            if (i == 100)
            {
                // A thread that the system has left waiting since one of the first must not find the stop before it.
                Await.Until(() => Enumerable.Range(0, 90).All(done.ContainsKey), "The first 90 are done");
                stop.Cancel();
            }
            else if (i > 100)
            {
                stop.Token.WaitHandle.WaitOne(Await.Limit);
            }

            int result = token.IsCancellationRequested ? -1 : i;
            done[i] = true;
            return result;
        }, stop: stop.Token);
        Assert.Equal(1000, emitted.Count);
        Assert.True(begun.Count < 110, $"{begun.Count} were begun");
        Assert.All(emitted.Skip(begun.Count), r => Assert.Equal(-1, r));
        Assert.All(emitted.Take(90).Index(), r => Assert.True(r.Item == r.Index));
    }

    [Fact]
    public void Work_that_does_not_listen_is_left_behind_when_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        using var bothBegun = new Barrier(2);
        var emitted = new List<int>();
        var threads = new ConcurrentBag<Thread>();
        Run(10, 2, emitted, (i, _) =>
        {
            threads.Add(Thread.CurrentThread);
            bothBegun.SignalAndWait(Await.Limit, CancellationToken.None);
            stop.Cancel();
            never.Wait(Await.Limit, CancellationToken.None);
            return i;
        }, stop: stop.Token);
        Assert.Equal(Enumerable.Repeat(-1, 10), emitted);
        Assert.Equal(2, threads.Count);
        Assert.All(threads, t => Assert.True(t.IsAlive, "the run has waited for work that does not listen"));
        never.Set();
        Assert.All(threads, t => Assert.True(t.Join(Await.Limit)));
    }

    [Fact]
    public void Work_in_flight_has_a_second_to_notice_a_stop() =>
        Assert.Equal(
            TimeSpan.FromSeconds(1),
            new WorkPlan<int, int>
            {
                Work = (i, _, _) => i,
                Emit = (_, _) => { },
                Dropped = _ => -1,
                TimedOut = (_, _) => -2,
                Failed = (_, _) => -3,
            }.Grace);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_item_over_its_time_gets_a_timeout_whether_it_listens_or_hangs_and_the_others_go_on(bool listens)
    {
        using var never = new ManualResetEventSlim();
        var emitted = new List<int>();
        Run(20, 2, emitted, (i, token) =>
        {
            if (i is 3 or 4)
            {
                if (listens)
                {
                    token.WaitHandle.WaitOne(Await.Limit);
                }
                else
                {
                    never.Wait(Await.Limit, CancellationToken.None);
                }
            }

            return i;
        }, limit: TimeSpan.FromSeconds(3));      // the others take no time at all, on a busy machine too
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i is 3 or 4 ? -2 : i), emitted);
        never.Set();
    }

    [Fact]
    public void If_the_results_cannot_be_handed_on_the_exception_passes_and_no_work_is_left_running()
    {
        int running = 0;
        Assert.Throws<InvalidOperationException>(() =>
            OrderedWorkers.Run(
                [.. Enumerable.Range(0, 100)],
                4,
                new WorkPlan<int, int>
                {
                    Work = (i, token, _) =>
                    {
                        Interlocked.Increment(ref running);
                        token.WaitHandle.WaitOne(20);
                        Interlocked.Decrement(ref running);
                        return i;
                    },
                    Emit = (i, _) => throw new InvalidOperationException(),
                    Dropped = _ => -1,
                    TimedOut = (_, _) => -2,
                    Failed = (_, _) => -3,
                },
                default));
        Await.Until(() => running == 0, "No work is left running");
    }

    [Fact]
    public void While_items_wait_for_the_disk_others_are_worked_on_but_never_more_than_were_asked_for()
    {
        int working = 0, most = 0;
        using var aside = new ManualResetEventSlim();       // the first item waits for its disk
        using var met = new ManualResetEventSlim();         // two others were worked on at that time
        using var others = new Barrier(2, _ => met.Set());
        var emitted = new List<int>();
        OrderedWorkers.Run([.. Enumerable.Range(0, 60)], 2, new WorkPlan<int, int>
        {
            Work = (i, _, isWaiting) =>
            {
                Note(ref working, ref most);
                if (i is 1 or 2)
                {
                    Await.Signal(aside, "The first item waits for its disk");
                    Assert.True(others.SignalAndWait(Await.Limit), "the third item has not begun");
                }

                Interlocked.Decrement(ref working);
                isWaiting();
                isWaiting();        // once more does no harm
                if (i == 0)
                {
                    aside.Set();
                    Await.Signal(met, "Two others are worked on while the first waits for its disk");
                }

                return i;
            },
            Emit = (_, r) => emitted.Add(r),
            Dropped = _ => -1,
            TimedOut = (_, _) => -2,
            Failed = (_, _) => -3,
        }, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 60), emitted);
        Assert.Equal(2, most);

        static void Note(ref int count, ref int most)
        {
            int now = Interlocked.Increment(ref count);
            for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }
        }
    }

    private static void Run(
        int count,
        int jobs,
        List<int> emitted,
        Func<int, CancellationToken, int> work,
        TimeSpan? limit = null,
        CancellationToken stop = default) =>
        OrderedWorkers.Run(
            [.. Enumerable.Range(0, count)],
            jobs,
            new WorkPlan<int, int>
            {
                Work = (i, token, _) => work(i, token),
                Emit = (_, r) => emitted.Add(r),
                Dropped = _ => -1,
                TimedOut = (_, _) => -2,
                Failed = (_, _) => -3,
                Limit = limit ?? Timeout.InfiniteTimeSpan,
                Grace = TimeSpan.FromMilliseconds(500),
            },
            stop);
}
