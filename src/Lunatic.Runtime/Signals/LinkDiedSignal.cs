using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Tells a process that a linked one ended. A normal end only removes the link; a failure ends the receiver, or becomes a message if it asked for that.</summary>
/// <param name="peer">The process that ended.</param>
/// <param name="tag">The tag of the link.</param>
/// <param name="reason">Why it ended; null: there was no such process when the link was asked for.</param>
internal sealed class LinkDiedSignal(ProcessId peer, long tag, ExitReason? reason) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver)
    {
        bool wasLinked = receiver.Relations?.RemoveLink(peer) ?? false;
        // Unlinked before this came: no concern of the receiver any more. A link to nobody is answered even though it never was one.
        if (reason is null ? false : !wasLinked || !reason.IsFailure)
            return;
        if (receiver.DiesWhenLinkDies)
            receiver.End(ExitReason.LinkDied(peer));
        else
            receiver.Deliver(Message.LinkDied(tag, peer, reason));
    }
}
