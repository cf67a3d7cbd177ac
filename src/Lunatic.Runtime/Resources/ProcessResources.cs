using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Resources;

/// <summary>All that a guest process holds by id. Tables are made when they are first used: most processes use none.</summary>
internal sealed class ProcessResources
{
    private ResourceTable<string>? _errors;
    private ResourceTable<ProcessConfiguration>? _configurations;
    private ResourceTable<LunaticModule>? _modules;
    private ResourceTable<DelayedSend>? _timers;
    private SocketTables? _sockets;

    /// <summary>Texts of errors that calls reported.</summary>
    public ResourceTable<string> Errors => _errors ??= new();

    /// <summary>Configurations for children.</summary>
    public ResourceTable<ProcessConfiguration> Configurations => _configurations ??= new();

    /// <summary>Modules that the process compiled or received.</summary>
    public ResourceTable<LunaticModule> Modules => _modules ??= new();

    /// <summary>Messages that the process has sent to be delivered later. They do not depend on the process.</summary>
    public ResourceTable<DelayedSend> Timers => _timers ??= new();

    /// <summary>Sockets and addresses.</summary>
    public SocketTables Sockets => _sockets ??= new();

    /// <summary>Number of entries in all tables.</summary>
    public int Count => (_errors?.Count ?? 0) + (_configurations?.Count ?? 0) + (_modules?.Count ?? 0) + (_timers?.Count ?? 0) + (_sockets?.Count ?? 0);

    /// <summary>Lets everything go, at the end of the process.</summary>
    public void Release()
    {
        _errors?.Clear();
        _configurations?.Clear();
        _modules?.Clear();
        _timers?.Clear();
        _sockets?.Release();
    }
}
