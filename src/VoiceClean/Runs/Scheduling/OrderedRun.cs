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
    private readonly List<RunningItem> _running = [];
    private int _next;             // first item not begun
    private int _emitted;          // first item whose result has not been handed on
    private int _working;          // running items that do not merely wait for the disk
    private bool _stopping;

    private struct Slot
    {
        public bool Ready;
        public TResult Result;
    }

    /// <summary>Works on all items; returns when each has got its result.</summary>
    public void Run()
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
            EndRunning();
        }
    }

    private void StartThread() => new Thread(WorkLoop) { IsBackground = true, Name = "voiceclean worker" }.Start();

    private void WorkLoop()
    {
        while (Begin() is { } running)
        {
            TItem item = items[running.Index];
            TResult result;
            try
            {
                result = plan.Work(item, running.Cancellation.Token, () => StepAside(running));
            }
#pragma warning disable CA1031 // A bug in the work on one item must not end the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                result = plan.Failed(item, e);
            }

            if (!End(running, result))
            {
                return;
            }
        }
    }

    private RunningItem? Begin()
    {
        lock (_gate)
        {
            while (!_stopping && _next < items.Count && (_working >= jobs || _next - _emitted >= OrderedWorkers.Window))
            {
                Monitor.Wait(_gate);
            }

            // Who waits for the token wakes before Stop has been called by it.
            if (_stopping || stop.IsCancellationRequested || _next >= items.Count)
            {
                return null;
            }

            var running = new RunningItem(_next++, stop);
            _running.Add(running);
            _working++;
            return running;
        }
    }

    /// <summary>False if this item has been given up in the meantime: its thread has been replaced.</summary>
    private bool End(RunningItem running, TResult result)
    {
        lock (_gate)
        {
            if (!_running.Remove(running))
            {
                return false;
            }

            Leave(running);
            Keep(running.Index, running.IsLate && !_stopping ? plan.TimedOut(items[running.Index], result) : result);
            running.Dispose();
            return true;
        }
    }

    // An item that waits for the disk needs no processor: another may begin.
    private void StepAside(RunningItem running)
    {
        lock (_gate)
        {
            if (_running.Contains(running))
            {
                Leave(running);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Leave(RunningItem running)
    {
        _working -= running.IsWaiting ? 0 : 1;
        running.IsWaiting = true;
    }

    private void Keep(int index, TResult result)
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
                    Keep(_emitted, (plan.NotBegun ?? plan.Dropped)(item));
                    break;
                }

                if (_stopping && Stopwatch.GetElapsedTime(stopped ??= Stopwatch.GetTimestamp()) > plan.Grace)
                {
                    GiveUp(_ => true, plan.Dropped);
                    break;
                }

                EndLate();
                Monitor.Wait(_gate, Tick);
            }

            result = slot.Result;
            slot = default;
            _emitted++;
            Monitor.PulseAll(_gate);
        }

        plan.Emit(item, result);
    }

    private void EndLate()
    {
        if (plan.Limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        foreach (RunningItem running in _running)
        {
            if (!running.IsLate && Stopwatch.GetElapsedTime(running.Started) > plan.Limit)
            {
                running.IsLate = true;
                running.Cancellation.Cancel();
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

    /// <summary>Leaves items behind that do not listen; they cannot have a result any more.</summary>
    private int GiveUp(Predicate<RunningItem> which, Func<TItem, TResult> result)
    {
        foreach (RunningItem running in _running.FindAll(which))
        {
            Leave(running);
            Keep(running.Index, result(items[running.Index]));
        }

        return _running.RemoveAll(which);
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
    /// Whatever ends the run early (the reader of the results is gone): nothing may be worked on when the journal
    /// closes.
    /// </summary>
    private void EndRunning()
    {
        Stop();
        lock (_gate)
        {
            _running.ForEach(f => f.Cancellation.Cancel());
            long start = Stopwatch.GetTimestamp();
            while (_running.Count > 0 && Stopwatch.GetElapsedTime(start) < plan.Grace)
            {
                Monitor.Wait(_gate, Tick);
            }

            _running.Clear();
        }
    }
}
