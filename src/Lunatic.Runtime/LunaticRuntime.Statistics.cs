using Lunatic.Runtime.Diagnostics;

namespace Lunatic.Runtime;

/// <summary>What a runtime tells of itself.</summary>
public sealed partial class LunaticRuntime
{
    /// <summary>Memory of all guests at the moment, without making the allocator where there are none.</summary>
    internal long CommittedBytes => _guestMemory.IsValueCreated ? _guestMemory.Value.ChargedBytes : 0;

    /// <summary>The traces of processes and requests that somebody listens to.</summary>
    internal ProcessActivities Activities { get; } = new();

    /// <summary>Figures of the runtime at this moment. Cheap enough to be asked for every second.</summary>
    public RuntimeStatistics GetStatistics()
    {
        IReadOnlyCollection<LunaticEnvironment> environments = Environments;
        int processes = ProcessCount;
        long ended = Interlocked.Read(ref _endedProcesses);
        return new RuntimeStatistics(
            environments.Count,
            processes,
            Scheduler.QueueLength,
            Options.Workers,
            Scheduler.StuckWorkers,
            CommittedBytes,
            Options.MaxCommittedBytes,
            environments.Sum(environment => environment.UndeliverableMessages))
        {
            SpawnedProcesses = processes + ended,
            EndedProcesses = ended,
            FailedProcesses = Interlocked.Read(ref _failedProcesses),
            DeliveredMessages = Scheduler.Delivered,
            WorkerThreads = Scheduler.WorkerStatistics,
        };
    }
}
