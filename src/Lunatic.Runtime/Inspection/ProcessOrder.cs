namespace Lunatic.Runtime.Inspection;

/// <summary>What processes are ordered by; those that are equal, by their ids.</summary>
public enum ProcessOrder
{
    /// <summary>The id: of one environment, the order of their spawning.</summary>
    Id,

    /// <summary>The first name.</summary>
    Name,

    /// <summary>The name of the environment.</summary>
    Environment,

    /// <summary>What they are.</summary>
    Kind,

    /// <summary>What they are at.</summary>
    State,

    /// <summary>Module and function.</summary>
    Module,

    /// <summary>The spawner.</summary>
    Parent,

    /// <summary>Messages in the mailbox.</summary>
    QueuedMessages,

    /// <summary>Messages that have reached the mailbox.</summary>
    DeliveredMessages,

    /// <summary>Bytes of memory.</summary>
    MemoryBytes,

    /// <summary>Fuel used.</summary>
    FuelUsed,

    /// <summary>Linked processes.</summary>
    Links,

    /// <summary>The time of their spawning.</summary>
    StartedAt,
}
