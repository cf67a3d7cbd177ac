using System.Collections.Immutable;

namespace Lunatic.Runtime.Inspection;

/// <summary>A process at one moment, as others see it without disturbing it: figures that change meanwhile do not fit each other exactly.</summary>
public sealed record ProcessSnapshot
{
    /// <summary>The process's identity.</summary>
    public required ProcessId Id { get; init; }

    /// <summary>The name of its environment.</summary>
    public required string Environment { get; init; }

    /// <summary>What it is.</summary>
    public required ProcessKind Kind { get; init; }

    /// <summary>What it is at.</summary>
    public required ProcessState State { get; init; }

    /// <summary>The names that it is registered by, in the order in which it got them.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>The process that spawned it; null: the application did. It may have ended.</summary>
    public required ProcessId? Parent { get; init; }

    /// <summary>When it was spawned.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>A guest's module, by the name that the host gave it or its own; null: it has none, or the process is no guest.</summary>
    public required string? Module { get; init; }

    /// <summary>What it runs: the export of a guest's module, the C# method, or the supervisor by its name; null where that is not known.</summary>
    public required string? Function { get; init; }

    /// <summary>Messages in its mailbox.</summary>
    public required int QueuedMessages { get; init; }

    /// <summary>Bytes of the messages that the process has taken into its mailbox.</summary>
    public required long QueuedBytes { get; init; }

    /// <summary>Messages that have reached its mailbox so far, those in it included.</summary>
    public required long DeliveredMessages { get; init; }

    /// <summary>Bytes that a guest's memories have; 0 for others.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes that they may have at most; null for others than guests.</summary>
    public required long? MaxMemoryBytes { get; init; }

    /// <summary>Fuel that a guest had used at the end of its latest slice, in operations; 0 for others.</summary>
    public required long FuelUsed { get; init; }

    /// <summary>Fuel that it may use in all; null: as much as it likes.</summary>
    public required long? MaxFuel { get; init; }

    /// <summary>Processes that it is linked to.</summary>
    public required int Links { get; init; }

    /// <summary>Processes that are told of its end.</summary>
    public required int Watchers { get; init; }
}
