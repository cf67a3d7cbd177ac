using System.Globalization;
using Lunatic.Runtime.Environments;
using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Registry;
using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime;

/// <summary>A set of processes with one configuration, one registry of names and one sequence of process numbers. Disposing it ends its processes.</summary>
public sealed partial class LunaticEnvironment : IAsyncDisposable
{
    private readonly ProcessTable _table = new();
    private readonly Lazy<NetworkServices> _network;
    private long _undeliverable;

    internal LunaticEnvironment(LunaticRuntime runtime, long id, EnvironmentOptions options)
    {
        Runtime = runtime;
        Id = id;
        Options = options.CopyValidated();
        Name = Options.Name ?? id.ToString(CultureInfo.InvariantCulture);
        MailboxBounds = MailboxBounds.Of(Options);
        Registry = new ProcessRegistry(Options.MaxRegistryNames);
        DatabaseWork = new BoundedWork(Math.Max(1, runtime.Options.MaxBlockingThreads / 4), runtime.DatabaseWork.Run);
        _network = new Lazy<NetworkServices>(() => runtime.HostServices.Network.ForEnvironment(Options.MaxSockets));
        _empty = new Completion<bool>(runtime.Scheduler);
    }

    /// <summary>The environment's number in its runtime, from 1.</summary>
    public long Id { get; }

    /// <summary>The name given by the options, else the number.</summary>
    public string Name { get; }

    /// <summary>The runtime that it belongs to.</summary>
    public LunaticRuntime Runtime { get; }

    /// <summary>The processes that have not ended yet.</summary>
    public IReadOnlyCollection<LunaticProcess> Processes => [.. _table.Snapshot()];

    /// <summary>The same, without a copy.</summary>
    internal IEnumerable<ProcessBase> LiveProcesses => _table.Snapshot();

    /// <summary>Number of processes that exist: from their spawning until they have released what they held.</summary>
    public int ProcessCount => Volatile.Read(ref _count);

    /// <summary>Messages that reached nobody so far: the receiver had ended, ended before it read them, or its mailbox was full.</summary>
    public long UndeliverableMessages => Volatile.Read(ref _undeliverable);

    /// <summary>Messages that wait for its processes: reads every process.</summary>
    internal long QueuedMessages => _table.Snapshot().Sum(process => (long)process.QueuedMessages);

    /// <summary>The environment's own copy of its options. Not to be changed.</summary>
    internal EnvironmentOptions Options { get; }

    /// <summary>Bounds of the mailboxes; null: none.</summary>
    internal MailboxBounds? MailboxBounds { get; }

    /// <summary>Where its databases work: they leave threads to those of other environments.</summary>
    internal BoundedWork DatabaseWork { get; }

    /// <summary>Its sockets.</summary>
    internal NetworkServices Network => _network.Value;

    /// <summary>The names of its processes.</summary>
    internal ProcessRegistry Registry { get; }

    /// <summary>Finds a process that has not ended.</summary>
    public LunaticProcess? FindProcess(long localId) => Find(localId);

    /// <summary>Finds a process by its registered name.</summary>
    public LunaticProcess? FindProcess(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Registry.TryGet(name, out ProcessId id) && id.EnvironmentId == Id ? Find(id.LocalId) : null;
    }

    /// <summary>Gives a process of this environment a name, taking it from another process if need be. The name goes when the process ends.</summary>
    /// <exception cref="LimitExceededException">There are as many names as there may be.</exception>
    public void Register(string name, LunaticProcess process)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(process);
        if (process is not ProcessBase { Environment: var home } local || home != this)
            throw new ArgumentException("Not a process of this environment.", nameof(process));
        Registry.Put(name, process.Id, local);
    }

    /// <summary>Removes a name.</summary>
    public void Unregister(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Registry.Remove(name);
    }

    /// <summary>Finds a process that has not ended.</summary>
    internal ProcessBase? Find(long localId) => _table.Find(localId);

    internal void CountUndeliverable(int messages) => Interlocked.Add(ref _undeliverable, messages);
}
