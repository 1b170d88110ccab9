using System.Diagnostics;

namespace VoiceClean.Batch;

/// <summary>How <see cref="OrderedWorkers"/> treats the items of one kind of work.</summary>
/// <typeparam name="TItem">What is worked on.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
public sealed record WorkPlan<TItem, TResult>
{
    /// <summary>Does one item on one of the workers' threads. Whatever it throws becomes a result through <see cref="Failed"/>.</summary>
    public required Func<TItem, CancellationToken, TResult> Work { get; init; }

    /// <summary>Takes the results, in the order of the items, on the thread that called <see cref="OrderedWorkers.Run"/>.</summary>
    public required Action<TItem, TResult> Emit { get; init; }

    /// <summary>The result of an item that was not begun or not finished because the run was stopped.</summary>
    public required Func<TItem, TResult> Dropped { get; init; }

    /// <summary>The result of an item that took longer than <see cref="Limit"/>, from what its work still returned (default if it never did).</summary>
    public required Func<TItem, TResult?, TResult> TimedOut { get; init; }

    /// <summary>The result of an item whose work threw.</summary>
    public required Func<TItem, Exception, TResult> Failed { get; init; }

    /// <summary>Longest time for one item; it is then cancelled, and if it does not listen, left behind. Default: for ever.</summary>
    public TimeSpan Limit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long items in flight may take to notice that they are cancelled, default 1.5 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1.5);
}

/// <summary>
/// Works on a list of items, each on one thread of a fixed few, and hands the results on in the order of the list. At most
/// <see cref="Window"/> results wait for a slow predecessor, so memory does not grow with the list. A thread that hangs is replaced.
/// </summary>
public static class OrderedWorkers
{
    /// <summary>Most results that wait for one that is not ready yet.</summary>
    public const int Window = 1024;

    /// <summary>Works on all items. Returns when every item has got its result: by work, or, once stopped, without.</summary>
    /// <param name="items">What is to be done.</param>
    /// <param name="jobs">Number of threads, at least 1.</param>
    /// <param name="plan">How.</param>
    /// <param name="stop">Asks for an end: nothing new is begun, what is in flight is cancelled.</param>
    public static void Run<TItem, TResult>(IReadOnlyList<TItem> items, int jobs, WorkPlan<TItem, TResult> plan, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        new Run<TItem, TResult>(items, jobs, plan, stop).Go();
    }
}

/// <summary>One run of <see cref="OrderedWorkers"/>.</summary>
internal sealed class Run<TItem, TResult>(IReadOnlyList<TItem> items, int jobs, WorkPlan<TItem, TResult> plan, CancellationToken stop)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly Slot[] _slots = new Slot[OrderedWorkers.Window];
    private readonly List<Flight> _flights = [];
    private int _next;             // first item not begun
    private int _emitted;          // first item whose result has not been handed on
    private bool _stopping;

    private struct Slot
    {
        public bool Ready;
        public TResult Result;
    }

    private sealed class Flight(int index, CancellationToken stop) : IDisposable
    {
        public int Index { get; } = index;

        public long Started { get; } = Stopwatch.GetTimestamp();

        public CancellationTokenSource Cancellation { get; } = CancellationTokenSource.CreateLinkedTokenSource(stop);

        public bool IsLate { get; set; }

        public void Dispose() => Cancellation.Dispose();
    }

    public void Go()
    {
        using CancellationTokenRegistration registration = stop.Register(Stop);
        for (int i = 0; i < Math.Min(jobs, items.Count); i++)
        {
            StartThread();
        }

        try
        {
            while (_emitted < items.Count)
            {
                EmitNext();
            }
        }
        finally
        {
            EndFlights();
        }
    }

    private void StartThread() => new Thread(WorkLoop) { IsBackground = true, Name = "voiceclean worker" }.Start();

    private void WorkLoop()
    {
        while (Begin() is { } flight)
        {
            TItem item = items[flight.Index];
            TResult result;
            try
            {
                result = plan.Work(item, flight.Cancellation.Token);
            }
#pragma warning disable CA1031 // A bug in the work on one item must not end the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                result = plan.Failed(item, e);
            }

            if (!End(flight, result))
            {
                return;
            }
        }
    }

    private Flight? Begin()
    {
        lock (_gate)
        {
            while (!_stopping && _next < items.Count && _next - _emitted >= OrderedWorkers.Window)
            {
                Monitor.Wait(_gate);
            }

            if (_stopping || _next >= items.Count)
            {
                return null;
            }

            var flight = new Flight(_next++, stop);
            _flights.Add(flight);
            return flight;
        }
    }

    /// <summary>False if this flight has been given up in the meantime: its thread has been replaced.</summary>
    private bool End(Flight flight, TResult result)
    {
        lock (_gate)
        {
            if (!_flights.Remove(flight))
            {
                return false;
            }

            Settle(flight.Index, flight.IsLate && !_stopping ? plan.TimedOut(items[flight.Index], result) : result);
            flight.Dispose();
            return true;
        }
    }

    private void Settle(int index, TResult result)
    {
        ref Slot slot = ref _slots[index % _slots.Length];
        slot.Ready = true;
        slot.Result = result;
        Monitor.PulseAll(_gate);
    }

    private void EmitNext()
    {
        TItem item = items[_emitted];
        TResult result;
        lock (_gate)
        {
            long? stopped = null;
            ref Slot slot = ref _slots[_emitted % _slots.Length];
            while (!slot.Ready)
            {
                if (_stopping && _next <= _emitted)
                {
                    Settle(_emitted, plan.Dropped(item));      // never begun
                    break;
                }

                if (_stopping && Stopwatch.GetElapsedTime(stopped ??= Stopwatch.GetTimestamp()) > plan.Grace)
                {
                    GiveUp(_ => true, plan.Dropped);
                    break;
                }

                EndLateFlights();
                Monitor.Wait(_gate, Tick);
            }

            result = slot.Result;
            slot = default;
            _emitted++;
            Monitor.PulseAll(_gate);
        }

        plan.Emit(item, result);
    }

    private void EndLateFlights()
    {
        if (plan.Limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        foreach (Flight flight in _flights)
        {
            if (!flight.IsLate && Stopwatch.GetElapsedTime(flight.Started) > plan.Limit)
            {
                flight.IsLate = true;
                flight.Cancellation.Cancel();
            }
        }

        for (int lost = GiveUp(f => f.IsLate && Stopwatch.GetElapsedTime(f.Started) > plan.Limit + plan.Grace, item => plan.TimedOut(item, default)); lost > 0; lost--)
        {
            StartThread();
        }
    }

    /// <summary>Leaves flights behind that do not listen; they cannot settle anything any more.</summary>
    private int GiveUp(Predicate<Flight> which, Func<TItem, TResult> result)
    {
        foreach (Flight flight in _flights.FindAll(which))
        {
            Settle(flight.Index, result(items[flight.Index]));
        }

        return _flights.RemoveAll(which);
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Whatever ends the run early (the reader of the results is gone): nothing may be in flight when the journal closes.</summary>
    private void EndFlights()
    {
        Stop();
        lock (_gate)
        {
            _flights.ForEach(f => f.Cancellation.Cancel());
            long start = Stopwatch.GetTimestamp();
            while (_flights.Count > 0 && Stopwatch.GetElapsedTime(start) < plan.Grace)
            {
                Monitor.Wait(_gate, Tick);
            }

            _flights.Clear();
        }
    }
}
