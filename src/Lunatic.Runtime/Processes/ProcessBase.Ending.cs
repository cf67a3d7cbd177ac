using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>How a process ends, and how others learn of it.</summary>
internal abstract partial class ProcessBase
{
    // null until somebody asks; then a Completion; at the end the ExitReason itself, if nobody had asked.
    private object? _completion;

    /// <inheritdoc/>
    public sealed override Task<ExitReason> Completion
    {
        get
        {
            object? current = Volatile.Read(ref _completion);
            if (current is null)
            {
                var source = new Completion<ExitReason>(Scheduler);
                current = Interlocked.CompareExchange(ref _completion, source, null) ?? source;
            }
            return current is ExitReason reason ? Task.FromResult(reason) : ((Completion<ExitReason>)current).Task;
        }
    }

    /// <inheritdoc/>
    public sealed override bool HasEnded => Volatile.Read(ref _inbound) == Sentinel.Ended;

    /// <summary>Why the process ended; null while it has not. Any thread.</summary>
    internal ExitReason? EndReason => HasEnded ? _ending : null;

    /// <inheritdoc/>
    public override bool RequestStop() => false;

    /// <inheritdoc/>
    public sealed override void Kill()
    {
        if (Post(new KillSignal()))
            InterruptSlice();
    }

    /// <summary>Makes a slice that runs now end soon, if it can. Any thread; it may come too late and end a later one.</summary>
    protected virtual void InterruptSlice()
    {
    }

    // The order is what others can rely on: gone from the table, then links, then watchers, then resources, then completion.
    private void Finish(ExitReason reason)
    {
        Environment.Unpublish(this);
        TellEndGuarded(reason);
        try
        {
            Release(reason);
        }
        catch (Exception exception)
        {
            Environment.ReportReleaseFailure(this, exception);
        }
        ObserveEnd(reason);
        Scheduler.Ended(this, reason);
        if (Interlocked.CompareExchange(ref _completion, reason, null) is Completion<ExitReason> asked)
            asked.Succeed(reason);
        Environment.Forget(this);
    }

    private void TellEndGuarded(ExitReason reason)
    {
        try
        {
            TellEnd(reason);
        }
        catch (Exception exception)
        {
            // Out of memory, for one: what waits for the end must learn of it all the same, and the worker has others to run.
            Environment.ReportFault(this, exception);
        }
    }

    private void TellEnd(ExitReason reason)
    {
        // What was posted until here still counts: a link or monitor that came in time is told below, one that comes later is refused and answered by its poster.
        Apply(Interlocked.Exchange(ref _inbound, Sentinel.Ended));
        Environment.ReportEnd(this, reason, Relations?.LinkCount ?? 0);
        Relations?.TellEnd(this, reason);
        Relations = null;
        _alarm?.Cancel(Environment.Runtime.Timers);
        _delayedMail?.Close();
        DropMailbox();
    }
}
