namespace Lunatic.Runtime;

/// <summary>Figures of a runtime at one moment.</summary>
/// <param name="Environments">Environments that have not been disposed of.</param>
/// <param name="Processes">Processes in all of them.</param>
/// <param name="RunQueueLength">Processes that are ready and wait for a worker.</param>
/// <param name="Workers">Threads that run processes, spare ones not included.</param>
/// <param name="StuckWorkers">Workers that are in one host call or C# body for so long that a spare thread stands in for them.</param>
/// <param name="CommittedBytes">Memory of all guests, as <see cref="LunaticRuntimeOptions.MaxCommittedBytes"/> counts it.</param>
/// <param name="MaxCommittedBytes">The limit on it.</param>
/// <param name="UndeliverableMessages">Messages that reached nobody, of the environments that are there.</param>
public sealed record RuntimeStatistics(
    int Environments, int Processes, int RunQueueLength, int Workers, int StuckWorkers, long CommittedBytes, long MaxCommittedBytes, long UndeliverableMessages);
