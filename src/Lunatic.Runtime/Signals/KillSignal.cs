using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Ends the receiver. Messages in front of it reach the mailbox but are not read.</summary>
internal sealed class KillSignal : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.End(ExitReason.Killed);
}
