namespace Lunatic.Runtime.Mailboxes;

/// <summary>How much may wait in a mailbox, and what happens beyond.</summary>
internal sealed class MailboxBounds
{
    private readonly int _messages;
    private readonly long _bytes;

    private MailboxBounds(int messages, long bytes, MailboxFullPolicy policy) => (_messages, _bytes, Policy) = (messages, bytes, policy);

    internal MailboxFullPolicy Policy { get; }

    /// <summary>The bounds of an environment; null where there are none.</summary>
    internal static MailboxBounds? Of(EnvironmentOptions options) => Of(options.MaxMailboxMessages, options.MaxMailboxBytes, options.MailboxFullPolicy);

    /// <summary>The bounds of a process: its own where it has some, else its environment's.</summary>
    internal static MailboxBounds? Of(SpawnOptions own, EnvironmentOptions environment) =>
        Of(own.MaxMailboxMessages ?? environment.MaxMailboxMessages, own.MaxMailboxBytes ?? environment.MaxMailboxBytes, own.MailboxFullPolicy ?? environment.MailboxFullPolicy);

    private static MailboxBounds? Of(int? messages, long? bytes, MailboxFullPolicy policy) =>
        messages is null && bytes is null ? null : new MailboxBounds(messages ?? int.MaxValue, bytes ?? long.MaxValue, policy);

    /// <summary>Whether this much is more than may wait.</summary>
    internal bool AreExceededBy(long messages, long bytes) => messages > _messages || bytes > _bytes;

    /// <summary>Whether a new message is refused at once. The oldest can be dropped by the receiver only, so that policy leaves it room until it runs.</summary>
    internal bool Refuse(long messages, long bytes) =>
        Policy is MailboxFullPolicy.DropOldest ? AreExceededBy(messages / 2, bytes / 2) : AreExceededBy(messages, bytes);
}
