using Lunatic.Runtime.Distribution;
using Lunatic.Runtime.HostApi.Process;
using Lunatic.Runtime.Tests.Guests;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.HostApi.Distributed;

/// <summary>Runtimes of this process as nodes 1, 2 … of a cluster.</summary>
internal sealed class FakeCluster
{
    public const long ModuleId = 40;

    private readonly List<GuestHost> _hosts = [];

    /// <summary>The module that all nodes know by <see cref="ModuleId"/>.</summary>
    public LunaticModule? Module { get; set; }

    /// <summary>Whether no node can be reached.</summary>
    public bool IsDown { get; set; }

    /// <summary>What a sender's answer waits for after the message has arrived.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    /// <summary>Called when a message has arrived.</summary>
    public Action? Arrived { get; set; }

    /// <summary>The queries that were made.</summary>
    public List<string> Queries { get; } = [];

    public void Add(GuestHost host)
    {
        _hosts.Add(host);
        host.Runtime.Nodes = new Node(this, _hosts.Count);
    }

    private sealed class Node(FakeCluster cluster, long id) : INodeTransport
    {
        public long NodeId => id;

        public IReadOnlyList<long> Nodes => [.. Enumerable.Range(1, cluster._hosts.Count).Select(number => (long)number)];

        public long ModuleIdOf(LunaticModule module) => module == cluster.Module ? ModuleId : 0;

        public async Task<NodeAnswer> SpawnAsync(RemoteSpawn request, CancellationToken cancellationToken)
        {
            if (cluster.IsDown)
                return new NodeAnswer(NodeStatus.Unreachable);
            if (Find(request.Node) is not { } host)
                return new NodeAnswer(NodeStatus.NoSuchNode);
            if (request.ModuleId != ModuleId)
                return new NodeAnswer(NodeStatus.NoSuchModule);
            if (request.Function == "forbidden")
                return new NodeAnswer(NodeStatus.Refused, Error: "it is forbidden");
            Assert.That(SpawnParameters.TryRead(request.Parameters.Span, out WasmValue[]? arguments, out string? error), Is.True, error);
            LunaticProcess process = await host.Environment.SpawnAsync(cluster.Module!, request.Function, arguments!);
            return new NodeAnswer(NodeStatus.Done, process.Id.LocalId);
        }

        public async Task<NodeAnswer> SendAsync(long node, ProcessId process, long tag, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            if (cluster.IsDown)
                return new NodeAnswer(NodeStatus.Unreachable);
            if (Find(node) is not { } host)
                return new NodeAnswer(NodeStatus.NoSuchNode);
            if (host.Environment.FindProcess(process.LocalId) is not { } receiver)
                return new NodeAnswer(NodeStatus.NoSuchProcess);
            receiver.Send(new Message(tag, data.Span));
            cluster.Arrived?.Invoke();
            await cluster.Answers.WaitAsync(cancellationToken);
            return new NodeAnswer(NodeStatus.Done);
        }

        public Task<NodeAnswer> FindNodesAsync(string query, CancellationToken cancellationToken)
        {
            cluster.Queries.Add(query);
            return Task.FromResult(query == "bad" ? new NodeAnswer(NodeStatus.Refused, Error: "a bad query") : new NodeAnswer(NodeStatus.Done) { Nodes = [2, 1] });
        }

        private GuestHost? Find(long node) => node >= 1 && node <= cluster._hosts.Count ? cluster._hosts[(int)node - 1] : null;
    }
}
