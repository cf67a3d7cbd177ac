namespace Lunatic.Runtime.Testing;

/// <summary>A clock that moves only when it is told to, and then fires its timers in the order in which they are due, on the calling thread.</summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _start;
    private readonly List<VirtualTimer> _timers = [];
    private TimeSpan _elapsed;

    /// <summary>Creates a clock.</summary>
    /// <param name="start">The date that it shows first; the start of the year 2000 (UTC) if not given.</param>
    public VirtualTimeProvider(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock has moved.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return _elapsed;
        }
    }

    /// <summary>When the next timer is due, on the scale of <see cref="Elapsed"/>; null: none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_lock)
                return Earliest()?.Due;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward; timers on the way fire.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        AdvanceTo(Elapsed + time);
    }

    internal void AdvanceTo(TimeSpan target)
    {
        while (TakeDue(target) is { } timer)
            timer.Fire();
    }

    internal void Set(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.Due = _elapsed + dueTime;
            _timers.Add(timer);
        }
    }

    private VirtualTimer? TakeDue(TimeSpan target)
    {
        lock (_lock)
        {
            VirtualTimer? timer = Earliest();
            if (timer is null || timer.Due > target)
            {
                _elapsed = target > _elapsed ? target : _elapsed;
                return null;
            }
            _elapsed = timer.Due > _elapsed ? timer.Due : _elapsed;
            _timers.Remove(timer);
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Due = _elapsed + timer.Period;
                _timers.Add(timer);
            }
            return timer;
        }
    }

    // The oldest of several that are due together.
    private VirtualTimer? Earliest() => _timers.MinBy(timer => timer.Due);
}
