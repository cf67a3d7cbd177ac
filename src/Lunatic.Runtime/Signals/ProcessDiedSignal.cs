using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Tells a watcher that a process ended: always a message, however it ended.</summary>
/// <param name="process">The process that ended.</param>
/// <param name="reason">Why; null: there was no such process when it was asked to be watched.</param>
internal sealed class ProcessDiedSignal(ProcessId process, ExitReason? reason) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver)
    {
        receiver.Relations?.RemoveWatched(process);
        receiver.Deliver(Message.ProcessDied(process, reason));
    }
}
