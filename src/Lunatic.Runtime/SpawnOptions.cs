namespace Lunatic.Runtime;

/// <summary>How a C# process is spawned.</summary>
public sealed class SpawnOptions
{
    /// <summary>The name that the process is registered by before it runs, taken from another process if need be. Default: none.</summary>
    public string? Name { get; set; }

    /// <summary>A process that it is linked with before it runs. Default: none.</summary>
    public LunaticProcess? Link { get; set; }

    /// <summary>The tag of the message that <see cref="Link"/> gets when the process fails, if it asked for messages. Default: none.</summary>
    public long LinkTag { get; set; } = Message.NoTag;

    /// <summary>Messages that may wait for it. Default: null, as many as the environment allows.</summary>
    public int? MaxMailboxMessages { get; set; }

    /// <summary>Bytes of the messages that may wait for it; objects count as none. Default: null, as many as the environment allows.</summary>
    public long? MaxMailboxBytes { get; set; }

    /// <summary>What happens to a message for its full mailbox. Default: null, what the environment says.</summary>
    public MailboxFullPolicy? MailboxFullPolicy { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMailboxMessages ?? 1, nameof(MaxMailboxMessages));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMailboxBytes ?? 1, nameof(MaxMailboxBytes));
        if (MailboxFullPolicy is { } policy && !Enum.IsDefined(policy))
            throw new ArgumentOutOfRangeException(nameof(MailboxFullPolicy), policy, "Not a policy.");
        if (Name is { Length: 0 })
            throw new ArgumentException("The name is empty.", nameof(Name));
    }
}
