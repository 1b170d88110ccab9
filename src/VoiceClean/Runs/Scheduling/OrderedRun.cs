using System.Diagnostics;

namespace VoiceClean.Runs.Scheduling;

/// <summary>One run of <see cref="OrderedWorkers"/>.</summary>
internal sealed class OrderedRun<TItem, TResult>(
    IReadOnlyList<TItem> items,
    int jobs,
    int waiting,
    WorkPlan<TItem, TResult> plan,
    CancellationToken stop)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly Slot[] _slots = new Slot[OrderedWorkers.Window];
    private readonly List<Flight> _flights = [];
    private int _next;             // first item not begun
    private int _emitted;          // first item whose result has not been handed on
    private int _working;          // flights that do not merely wait for the disk
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

        public bool IsWaiting { get; set; }

        public void Dispose() => Cancellation.Dispose();
    }

    public void Go()
    {
        using CancellationTokenRegistration registration = stop.Register(Stop);
        for (int i = 0; i < Math.Min(jobs + waiting, items.Count); i++)
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
                result = plan.Work(item, flight.Cancellation.Token, () => StepAside(flight));
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
            while (!_stopping && _next < items.Count && (_working >= jobs || _next - _emitted >= OrderedWorkers.Window))
            {
                Monitor.Wait(_gate);
            }

            if (_stopping || _next >= items.Count)
            {
                return null;
            }

            var flight = new Flight(_next++, stop);
            _flights.Add(flight);
            _working++;
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

            Leave(flight);
            Settle(flight.Index, flight.IsLate && !_stopping ? plan.TimedOut(items[flight.Index], result) : result);
            flight.Dispose();
            return true;
        }
    }

    // A flight that waits for the disk needs no processor: another may begin.
    private void StepAside(Flight flight)
    {
        lock (_gate)
        {
            if (_flights.Contains(flight))
            {
                Leave(flight);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Leave(Flight flight)
    {
        _working -= flight.IsWaiting ? 0 : 1;
        flight.IsWaiting = true;
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

        for (
            int lost = GiveUp(
                f => f.IsLate && Stopwatch.GetElapsedTime(f.Started) > plan.Limit + plan.Grace,
                item => plan.TimedOut(item, default));
            lost > 0;
            lost--)
        {
            StartThread();
        }
    }

    /// <summary>Leaves flights behind that do not listen; they cannot settle anything any more.</summary>
    private int GiveUp(Predicate<Flight> which, Func<TItem, TResult> result)
    {
        foreach (Flight flight in _flights.FindAll(which))
        {
            Leave(flight);
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

    /// <summary>
    /// Whatever ends the run early (the reader of the results is gone): nothing may be in flight when the journal
    /// closes.
    /// </summary>
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
