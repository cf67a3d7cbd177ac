namespace Lunatic.Runtime;

/// <summary>What happens to a message for a mailbox that is full.</summary>
public enum MailboxFullPolicy
{
    /// <summary>The new message is refused; it counts as undeliverable.</summary>
    Reject,

    /// <summary>
    /// The oldest messages make room, when the receiver runs next; they count as undeliverable. While it does not run up to twice the bound is kept, then new ones are refused.
    /// </summary>
    DropOldest,

    /// <summary>The receiver is killed.</summary>
    KillReceiver,
}
