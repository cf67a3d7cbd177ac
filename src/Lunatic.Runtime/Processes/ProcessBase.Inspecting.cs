using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>What others see of a process. Computed when they look; figures of a process that runs meanwhile are approximate.</summary>
internal abstract partial class ProcessBase
{
    private const long StartedUnit = 100;

    // together as long as one field: there may be a hundred thousand processes, and an environment's number does not come that far
    private readonly long _parentLocalId;
    private readonly uint _parentEnvironmentId;
    private readonly uint _startedAfter;

    /// <summary>What the process is.</summary>
    internal abstract ProcessKind Kind { get; }

    /// <summary>The name of a guest's module; null where there is none.</summary>
    internal virtual string? ModuleName => null;

    /// <summary>The function that the process runs; null where that is not known.</summary>
    internal virtual string? FunctionName => null;

    /// <summary>Bytes that a guest's memories have.</summary>
    internal virtual long MemoryBytes => 0;

    /// <summary>Fuel that a guest had used at the end of its latest slice.</summary>
    internal virtual long FuelUsed => 0;

    /// <summary>The process that spawned this one; null: none did.</summary>
    internal ProcessId? Parent => _parentLocalId == 0 ? null : new ProcessId(_parentEnvironmentId, _parentLocalId);

    /// <summary>When the process was made, in milliseconds of the runtime; to a tenth of a second.</summary>
    internal long StartedAfter => _startedAfter * StartedUnit;

    /// <summary>The name by which the process was registered first; null: it has none.</summary>
    internal string? FirstName => IsRegistered ? Environment.Registry.NameOf(Id) : null;

    /// <summary>What the process is at.</summary>
    internal ProcessState State
    {
        get
        {
            Signal? inbound = Volatile.Read(ref _inbound);
            if (inbound == Sentinel.Ended)
                return ProcessState.Ended;
            if (inbound == Sentinel.Parked)
                return ParkedState;
            return Scheduler.IsRunning(this) ? ProcessState.Running : ProcessState.Ready;
        }
    }

    /// <summary>What the process waits for while it is parked.</summary>
    private protected virtual ProcessState ParkedState => ProcessState.Waiting;

    private protected virtual long? MaxMemoryBytes => null;

    private protected virtual long? MaxFuel => null;

    /// <inheritdoc/>
    public sealed override ProcessSnapshot GetSnapshot() => new()
    {
        Id = Id,
        Environment = Environment.Name,
        Kind = Kind,
        State = State,
        Names = IsRegistered ? Environment.Registry.NamesOf(Id) : [],
        Parent = Parent,
        StartedAt = Environment.Runtime.TimeAt(StartedAfter),
        Module = ModuleName,
        Function = FunctionName,
        QueuedMessages = QueuedMessages,
        QueuedBytes = _mailbox.Bytes,
        DeliveredMessages = LastArrival,
        MemoryBytes = MemoryBytes,
        MaxMemoryBytes = MaxMemoryBytes,
        FuelUsed = FuelUsed,
        MaxFuel = MaxFuel,
        Links = Relations?.LinkCount ?? 0,
        Watchers = Relations?.WatcherCount ?? 0,
    };

    /// <inheritdoc/>
    public sealed override Task<ProcessInspection?> InspectAsync(CancellationToken cancellationToken = default)
    {
        var question = new InspectSignal(Scheduler);
        if (!Post(question))
            question.SetEnded();
        return question.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Whether any of the names contains a text, in whatever case.</summary>
    internal bool HasNameWith(string text) => IsRegistered && Environment.Registry.HasNameWith(Id, text);

    /// <summary>The frames of a guest. Owner only.</summary>
    /// <returns>False: not now, its code is on the native stack.</returns>
    internal virtual bool TryCaptureStack(out ImmutableArray<string> stack)
    {
        stack = [];
        return true;
    }

    /// <summary>Describes the process; null after its end. Owner only.</summary>
    internal ProcessInspection? Inspect(ImmutableArray<string> stack)
    {
        if (HasEnded)
            return null;
        return Relations is { } relations
            ? new ProcessInspection(stack, relations.Links, relations.Watchers, relations.Watched)
            : new ProcessInspection(stack, [], [], []);
    }

    // The mailbox numbers what arrives: one addition a slice counts all messages, and only where some came.
    private void CountDelivered(ref long counted)
    {
        long delivered = LastArrival;
        if (delivered == counted)
            return;
        Scheduler.CountDelivered(delivered - counted);
        counted = delivered;
    }
}
