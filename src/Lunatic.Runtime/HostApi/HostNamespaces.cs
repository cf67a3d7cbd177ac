using System.Collections.Immutable;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Distributed;
using Lunatic.Runtime.HostApi.Error;
using Lunatic.Runtime.HostApi.Messaging;
using Lunatic.Runtime.HostApi.Metrics;
using Lunatic.Runtime.HostApi.Networking;
using Lunatic.Runtime.HostApi.Process;
using Lunatic.Runtime.HostApi.Registry;
using Lunatic.Runtime.HostApi.Sqlite;
using Lunatic.Runtime.HostApi.Timer;
using Lunatic.Runtime.HostApi.Trap;
using Lunatic.Runtime.HostApi.Version;
using Lunatic.Runtime.HostApi.Wasi;
using Lunatic.Runtime.Wasi;

namespace Lunatic.Runtime.HostApi;

/// <summary>All that guests can import: the host API 0.13 and WASI preview 1.</summary>
internal static class HostNamespaces
{
    /// <summary>The namespaces with their functions.</summary>
    public static ImmutableArray<HostNamespace> All { get; } =
    [
        ErrorApi.CreateTable(),
        MessageApi.CreateTable(),
        TimerApi.CreateTable(),
        NetworkingApi.CreateTable(),
        ProcessApi.CreateTable(),
        RegistryApi.CreateTable(),
        DistributedApi.CreateTable(),
        SqliteApi.CreateTable(),
        MetricsApi.CreateTable(),
        VersionApi.CreateTable(),
        TrapApi.CreateTable(),
        WasiConfigurationApi.CreateTable(),
        WasiApi.CreateTable(),
    ];
}
