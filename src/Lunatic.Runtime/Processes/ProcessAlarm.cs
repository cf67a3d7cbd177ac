using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Processes;

/// <summary>The one timer by which a process waits for a deadline.</summary>
internal sealed class ProcessAlarm(ProcessBase process) : TimerNode
{
    // What the owner believes the wheel holds. A fired alarm is still believed in until the owner sees the flag; its wake-up makes the owner look.
    private long _setFor = ProcessBase.NoDeadline;
    private bool _fired;

    /// <summary>Owner only.</summary>
    internal void SetNoLaterThan(long deadline, TimerService timers)
    {
        if (Volatile.Read(ref _fired))
        {
            _fired = false;
            _setFor = ProcessBase.NoDeadline;
        }
        if (_setFor <= deadline)
            return;
        // Not in the wheel any more means that it is just being fired: the wake-up comes, and this is called again.
        if (_setFor != ProcessBase.NoDeadline && !timers.Cancel(this))
            return;
        _setFor = deadline;
        timers.Add(this, deadline);
    }

    internal void Cancel(TimerService timers) => timers.Cancel(this);

    internal override void Fire()
    {
        Volatile.Write(ref _fired, true);
        process.Wake();
    }
}
