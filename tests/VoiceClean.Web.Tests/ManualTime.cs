namespace VoiceClean.Web.Tests;

/// <summary>A clock that stands still until it is moved; its timers ring on the thread that moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_timers)
        {
            return _now.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves it, to each timer on the way in turn.</summary>
    public void Advance(TimeSpan time)
    {
        TimeSpan end = Now() + time;
        while (Next(end) is { } timer)
        {
            timer.Ring();
        }

        lock (_timers)
        {
            _now = end;
        }
    }

    private TimeSpan Now()
    {
        lock (_timers)
        {
            return _now;
        }
    }

    private ManualTimer? Next(TimeSpan end)
    {
        lock (_timers)
        {
            ManualTimer? next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is not null)
            {
                _now = next.Due!.Value > _now ? next.Due.Value : _now;
                next.Due = null;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action ring) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan? Due { get; set; }

        public void Ring()
        {
            lock (time._timers)
            {
                Due = _period > TimeSpan.Zero && time._timers.Contains(this) ? time._now + _period : Due;
            }

            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._timers)
            {
                Due = dueTime < TimeSpan.Zero ? null : time._now + dueTime;
                _period = period;
                if (!time._timers.Contains(this))
                {
                    time._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (time._timers)
            {
                Due = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
