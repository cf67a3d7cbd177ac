using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Legacy;
using Lunatic.Runtime.HostApi.Sqlite;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Resources;

/// <summary>All that a guest process holds by id. Tables are made when they are first used: most processes use none.</summary>
/// <param name="max">Most entries of all tables together.</param>
internal sealed class ProcessResources(int max)
{
    private readonly ResourceBudget _budget = new(max);
    private ResourceTable<string>? _errors;
    private ResourceTable<ProcessConfiguration>? _configurations;
    private ResourceTable<LunaticModule>? _modules;
    private ResourceTable<DelayedSend>? _timers;
    private ResourceTable<SqliteConnection>? _connections;
    private ResourceTable<SqliteStatement>? _statements;
    private ResourceTable<IReadOnlyList<long>>? _lookUps;
    private LegacyResources? _legacy;
    private SocketTables? _sockets;

    /// <summary>Texts of errors that calls reported.</summary>
    public ResourceTable<string> Errors => _errors ??= new(_budget);

    /// <summary>Configurations for children.</summary>
    public ResourceTable<ProcessConfiguration> Configurations => _configurations ??= new(_budget);

    /// <summary>Modules that the process compiled or received.</summary>
    public ResourceTable<LunaticModule> Modules => _modules ??= new(_budget);

    /// <summary>Messages that the process has sent to be delivered later. They do not depend on the process.</summary>
    public ResourceTable<DelayedSend> Timers => _timers ??= new(_budget);

    /// <summary>Databases that the process has opened.</summary>
    public ResourceTable<SqliteConnection> Connections => _connections ??= new(_budget);

    /// <summary>Statements of these databases.</summary>
    public ResourceTable<SqliteStatement> Statements => _statements ??= new(_budget);

    /// <summary>Nodes that queries have found.</summary>
    public ResourceTable<IReadOnlyList<long>> LookUps => _lookUps ??= new(_budget);

    /// <summary>What only guests of the old generation hold.</summary>
    public LegacyResources Legacy => _legacy ??= new(_budget);

    /// <summary>Sockets and addresses.</summary>
    public SocketTables Sockets => _sockets ??= new(_budget);

    /// <summary>Number of entries in all tables.</summary>
    public int Count =>
        (_errors?.Count ?? 0) + (_configurations?.Count ?? 0) + (_modules?.Count ?? 0) + (_timers?.Count ?? 0) + (_connections?.Count ?? 0) + (_statements?.Count ?? 0)
        + (_sockets?.Count ?? 0) + (_legacy?.Count ?? 0) + (_lookUps?.Count ?? 0);

    /// <summary>Lets everything go, at the end of the process.</summary>
    /// <param name="scheduler">Where databases are closed.</param>
    public void Release(Scheduler scheduler)
    {
        _errors?.Clear();
        _configurations?.Clear();
        _modules?.Clear();
        _timers?.Clear();
        _statements?.Clear();
        _legacy?.Clear();
        _lookUps?.Clear();
        foreach (SqliteConnection connection in _connections?.Values ?? [])
            connection.Release(scheduler);
        _connections?.Clear();
        _sockets?.Release();
    }
}
