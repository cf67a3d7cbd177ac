namespace Lunatic.Runtime;

/// <summary>What the processes of an environment may do and use. Copied and checked when the environment is created; later changes have no effect.</summary>
public sealed class EnvironmentOptions
{
    /// <summary>Name in logs and diagnostics. Default: none, the environment's number is used.</summary>
    public string? Name { get; set; }

    /// <summary>Linear memory of one guest, in bytes. Default: 4 GiB - 1, as the reference. A guest can give its children another value.</summary>
    public long MaxMemory { get; set; } = 4_294_967_295;

    /// <summary>Fuel of one guest, in units of 100,000 operations. Default: null, unlimited. A guest can give its children another value.</summary>
    public long? MaxFuelUnits { get; set; }

    /// <summary>Call frames of one guest, in bytes. Default: 64 MiB. Beyond it the guest traps.</summary>
    public long MaxFrameBytes { get; set; } = 64L << 20;

    /// <summary>Elements of one guest's table. Default: 99,999, as the reference. Beyond it growing fails.</summary>
    public int MaxTableElements { get; set; } = 99_999;

    /// <summary>Processes alive at the same time in the environment. Default: 1,000,000. Beyond it spawning fails.</summary>
    public int MaxProcesses { get; set; } = 1_000_000;

    /// <summary>Lengths of the memories of all guests of the environment together, in bytes, whether touched or not. Default: null, only <see cref="LunaticRuntimeOptions.MaxCommittedBytes"/> counts. Beyond it growing and spawning fail.</summary>
    public long? MaxCommittedBytes { get; set; }

    /// <summary>Memory that one open database of a guest (SQLite) may use, in bytes. Default: 256 MiB. Beyond it the statement is interrupted.</summary>
    public long MaxDatabaseMemory { get; set; } = 256L << 20;

    /// <summary>Names in the registry of the environment. Default: 100,000. Beyond it registering fails: guests trap with a <see cref="LimitExceededException"/>.</summary>
    public int MaxRegistryNames { get; set; } = 100_000;

    /// <summary>
    /// What one guest may hold by id at the same time: configurations, errors, modules, timers, sockets, databases and their statements, handles. Default: 100,000. Beyond it
    /// the guest traps with a <see cref="LimitExceededException"/>. Ids that are not needed any more are to be dropped, also those of errors.
    /// </summary>
    public int MaxResources { get; set; } = 100_000;

    /// <summary>
    /// Sockets (listeners, connections, UDP) that all guests of the environment hold together. Default: 10,000. Beyond it opening, connecting and accepting give an error that says so.
    /// Processes that ask at the same moment may go beyond it by one each.
    /// </summary>
    public int MaxSockets { get; set; } = 10_000;

    /// <summary>Bytes of one message that a guest writes. Default: 64 MiB. Beyond it the guest traps with a <see cref="LimitExceededException"/>.</summary>
    public int MaxMessageBytes { get; set; } = 64 << 20;

    /// <summary>Messages waiting for one process; those that timers hold for it count by themselves. Default: 1,000,000. Null: unlimited. See <see cref="MailboxFullPolicy"/>.</summary>
    public int? MaxMailboxMessages { get; set; } = 1_000_000;

    /// <summary>Bytes of the messages waiting for one process. Default: 256 MiB. Null: unlimited. See <see cref="MailboxFullPolicy"/>.</summary>
    public long? MaxMailboxBytes { get; set; } = 256L << 20;

    /// <summary>
    /// What happens to a message for a full mailbox. Default: <see cref="MailboxFullPolicy.Reject"/>. The bounds are checked without a lock: what a receiver takes over in one go may briefly count twice too little.
    /// </summary>
    public MailboxFullPolicy MailboxFullPolicy { get; set; }

    /// <summary>The host namespaces that guests may import from. Default: all; an empty list allows none.</summary>
    public NamespaceList AllowedNamespaces { get; set; } = NamespaceList.All();

    /// <summary>Whether guests may compile modules. Default: yes.</summary>
    public bool CanCompileModules { get; set; } = true;

    /// <summary>Whether guests may create configurations. Default: yes.</summary>
    public bool CanCreateConfigs { get; set; } = true;

    /// <summary>Whether guests may spawn processes. Default: yes.</summary>
    public bool CanSpawnProcesses { get; set; } = true;

    /// <summary>Directories that guests may use. Default: none.</summary>
    public IList<PreopenedDirectory> Directories { get; set; } = [];

    /// <summary>The guests' arguments; by custom the first is the program's name. Default: none.</summary>
    public IList<string> Arguments { get; set; } = [];

    /// <summary>The guests' environment variables. Default: none.</summary>
    public IDictionary<string, string> Variables { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What guests read from standard input. Default: null, the host's own. Not closed by the environment.</summary>
    public Stream? StandardInput { get; set; }

    /// <summary>Where the standard output of guests goes. Default: null, to the host's own. Not closed by the environment.</summary>
    public Stream? StandardOutput { get; set; }

    /// <summary>Where the standard error of guests goes. Default: null, to the host's own. Not closed by the environment.</summary>
    public Stream? StandardError { get; set; }

    /// <summary>
    /// Gives each process a stream of its own for standard output and standard error together, when it first uses its files. Default: null, <see cref="StandardOutput"/> and
    /// <see cref="StandardError"/> count. Not closed by the environment. Called by the threads that run processes: it must not block or throw.
    /// </summary>
    public Func<ProcessId, Stream>? ProcessOutput { get; set; }

    /// <summary>How long disposing waits for the processes to end. Default: 5 seconds. What has not ended then is named in the log.</summary>
    public TimeSpan DisposalTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal EnvironmentOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxMemory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFuelUnits ?? 1, nameof(MaxFuelUnits));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFrameBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxTableElements);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxProcesses);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCommittedBytes ?? 1, nameof(MaxCommittedBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxDatabaseMemory);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRegistryNames);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxResources);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSockets);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageBytes, Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMailboxMessages ?? 1, nameof(MaxMailboxMessages));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMailboxBytes ?? 1, nameof(MaxMailboxBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(DisposalTimeout, TimeSpan.Zero, nameof(DisposalTimeout));
        if (!Enum.IsDefined(MailboxFullPolicy))
            throw new ArgumentOutOfRangeException(nameof(MailboxFullPolicy), MailboxFullPolicy, "Not a policy.");
        var copy = (EnvironmentOptions)MemberwiseClone();
        copy.AllowedNamespaces = AllowedNamespaces.Clone();
        copy.Directories = [.. Directories];
        copy.Arguments = [.. Arguments];
        copy.Variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal);
        return copy;
    }
}
