using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime;

/// <summary>Figures of a runtime at one moment. Sums count from the runtime's creation.</summary>
/// <param name="Environments">Environments that have not been disposed of.</param>
/// <param name="Processes">Processes in all of them.</param>
/// <param name="RunQueueLength">Processes that are ready and wait for a worker.</param>
/// <param name="Workers">Threads that run processes, spare ones not included.</param>
/// <param name="StuckWorkers">Workers that are in one host call or C# body for so long that a spare thread stands in for them.</param>
/// <param name="CommittedBytes">Memory of all guests, as <see cref="LunaticRuntimeOptions.MaxCommittedBytes"/> counts it.</param>
/// <param name="MaxCommittedBytes">The limit on it.</param>
/// <param name="UndeliverableMessages">Messages that reached nobody, of the environments that are there.</param>
public sealed record RuntimeStatistics(
    int Environments, int Processes, int RunQueueLength, int Workers, int StuckWorkers, long CommittedBytes, long MaxCommittedBytes, long UndeliverableMessages)
{
    /// <summary>Processes that were started; approximate while some end.</summary>
    public long SpawnedProcesses { get; init; }

    /// <summary>Processes that have ended.</summary>
    public long EndedProcesses { get; init; }

    /// <summary>Those among them that failed (<see cref="ExitReason.IsFailure"/>).</summary>
    public long FailedProcesses { get; init; }

    /// <summary>Messages that have reached mailboxes, counted when the slice of their receiver is over.</summary>
    public long DeliveredMessages { get; init; }

    /// <summary>Each thread that runs processes, spare ones included.</summary>
    public ImmutableArray<WorkerStatistics> WorkerThreads { get; init; } = [];
}
