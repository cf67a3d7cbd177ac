using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>What wakes a process besides messages and signals: deadlines and the ends of outside operations.</summary>
internal abstract partial class ProcessBase
{
    /// <summary>A deadline that never comes.</summary>
    internal const long NoDeadline = long.MaxValue;

    private WakeSignal? _wake;
    private ProcessAlarm? _alarm;

    /// <summary>Runs the process's slice again, soon, so that it looks at what it waits for. Any thread; wake-ups that come before it runs are one.</summary>
    internal void Wake()
    {
        WakeSignal wake = _wake ?? Interlocked.CompareExchange(ref _wake, new WakeSignal(), null) ?? _wake;
        if (wake.TryClaim())
            Post(wake);
    }

    /// <summary>The deadline that lies a number of milliseconds ahead; <see cref="ulong.MaxValue"/> and what the clock cannot hold are none.</summary>
    internal long DeadlineIn(ulong milliseconds) => Environment.Runtime.Timers.DeadlineIn(milliseconds);

    /// <summary>The deadline that lies some time ahead; <see cref="Timeout.InfiniteTimeSpan"/> is none.</summary>
    internal long DeadlineIn(TimeSpan time) => Environment.Runtime.Timers.DeadlineIn(time);

    /// <summary>Whether a deadline has come.</summary>
    internal bool HasPassed(long deadline) => deadline != NoDeadline && Environment.Runtime.Timers.Now >= deadline;

    /// <summary>
    /// Makes sure that the process is woken when a deadline has come. Owner only. There is one alarm per process, set anew lazily: one that is set for an earlier time stays, wakes the
    /// process for nothing, and is moved then. So call it each time before the slice returns <see cref="SliceOutcome.Waiting"/>.
    /// </summary>
    internal void WakeAt(long deadline)
    {
        if (deadline == NoDeadline)
            return;
        _alarm ??= new ProcessAlarm(this);
        _alarm.SetNoLaterThan(deadline, Environment.Runtime.Timers);
    }
}
