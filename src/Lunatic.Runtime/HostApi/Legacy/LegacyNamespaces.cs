using System.Collections.Immutable;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Error;
using Lunatic.Runtime.HostApi.Messaging;
using Lunatic.Runtime.HostApi.Networking;
using Lunatic.Runtime.HostApi.Process;
using Lunatic.Runtime.Wasi;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>All that guests of the old generation (0.6, 0.7) can import. What it has in common with the current one is the current one's.</summary>
internal static class LegacyNamespaces
{
    private static readonly HostNamespace Messages = MessageApi.CreateTable();
    private static readonly HostNamespace Network = NetworkingApi.CreateTable();
    private static readonly HostNamespace Processes = ProcessApi.CreateTable();

    /// <summary>As of runtime 0.7.5.</summary>
    public static ImmutableArray<HostNamespace> Version07 { get; } = Create(LegacyMessageApi.CreateTable());

    /// <summary>As of runtime 0.6: the receive takes one tag.</summary>
    public static ImmutableArray<HostNamespace> Version06 { get; } = Create(OldestMessageApi.CreateTable(), LegacyMessageApi.CreateTable());

    private static ImmutableArray<HostNamespace> Create(params HostNamespace[] messages) =>
    [
        ErrorApi.CreateTable(),
        Merge(
            "lunatic::message",
            [.. messages, Only(Messages, "create_data", "write_data", "read_data", "seek_data", "get_tag", "data_size", "push_tcp_stream", "take_tcp_stream")]),
        Merge("lunatic::process", [LegacyProcessApi.CreateTable(), Only(Processes, "sleep_ms", "die_when_link_dies")]),
        Merge(
            "lunatic::networking",
            [
                LegacyNetworkingApi.CreateTable(),
                Only(Network, "drop_dns_iterator", "resolve_next", "tcp_bind", "drop_tcp_listener", "tcp_accept", "drop_tcp_stream", "clone_tcp_stream", "tcp_flush"),
            ]),
        LegacyVersionApi.CreateTable(),
        WasiApi.CreateTable(),
    ];

    // of two functions of a name the first counts
    private static HostNamespace Merge(string name, HostNamespace[] parts) =>
        new(name, [.. parts.SelectMany(static part => part.Functions).DistinctBy(static function => function.Name)]);

    private static HostNamespace Only(HostNamespace table, params string[] names) =>
        new(table.Name, [.. names.Select(name => table.Functions.Single(function => function.Name == name))]);
}
