namespace Lunatic.Runtime.Distribution;

/// <summary>The transport of a runtime that belongs to no cluster.</summary>
internal sealed class SingleNode : INodeTransport
{
    /// <summary>The one there is.</summary>
    public static SingleNode Instance { get; } = new();

    public long NodeId => 0;

    public IReadOnlyList<long> Nodes => [];

    public long ModuleIdOf(LunaticModule module) => 0;

    public Task<NodeAnswer> SpawnAsync(RemoteSpawn request, CancellationToken cancellationToken) => throw NoCluster();

    public Task<NodeAnswer> SendAsync(long node, ProcessId process, long tag, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => throw NoCluster();

    public Task<NodeAnswer> FindNodesAsync(string query, CancellationToken cancellationToken) => throw NoCluster();

    private static InvalidOperationException NoCluster() => new("this runtime is not part of a cluster");
}
