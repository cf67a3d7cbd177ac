using Lunatic.Runtime.HostApi;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>
/// Work that cannot be preempted (compiling a module) is done where it delays no process, while the guest waits. The work must not touch the guest: it gets
/// copies, and hands over its results when the guest runs again.
/// </summary>
internal abstract class BlockingOperation : PendingOperation
{
    private Exception? _failure;
    private volatile bool _isOver;

    /// <summary>Hands the work over, once.</summary>
    public void Begin(GuestProcess process) => Hand(process, () =>
    {
        try
        {
            Work();
        }
        catch (Exception exception)
        {
            // the guest traps with it as cause
            _failure = exception;
        }
        _isOver = true;
        process.Wake();
    });

    public override bool TryComplete(GuestProcess process)
    {
        if (!_isOver)
            return false;
        if (_failure is null)
            process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = Finish(ProcessContext.Of(caller)));
        else
            process.Store.FailWait(_failure.Message, _failure);
        return true;
    }

    /// <summary>Hands the work to the threads that do it.</summary>
    protected virtual void Hand(GuestProcess process, Action work) => process.Scheduler.RunBlocking(work);

    /// <summary>Does the work, on a thread of its own.</summary>
    protected abstract void Work();

    /// <summary>Hands the results to the guest: the rules are those of a host function, whose result's bits are returned (0 where it has none).</summary>
    protected abstract ulong Finish(ProcessContext context);
}
