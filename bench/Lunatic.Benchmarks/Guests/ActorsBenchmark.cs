using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;

namespace Lunatic.Benchmarks.Guests;

/// <summary>The workloads of the guest `actors`: processes, messages, selective receives. Times are the guest's own, per operation.</summary>
internal sealed class ActorsBenchmark : Benchmark
{
    private const int Rounds = 5;

    public override string Name => "actors";

    public override string Description => "guests that spawn and exchange messages, beside lunatic 0.13.2 and BEAM";

    public override IEnumerable<Row> Run()
    {
        const string guest = "actors.wasm";
        Peer ours = Peer.Ours(guest);
        Peer reference = Peer.Reference(guest);
        Peer beam = Peer.Beam();
        (string Name, string[] Workload, Peer[] Peers)[] workloads =
        [
            ("spawn + join", ["spawn", "10000"], [reference, beam]),
            ("fan-out, a process", ["fanout", "10000"], [beam]),
            ("ping-pong, a round trip", ["pingpong", "100000"], [reference, beam]),
            ("ring 1,000 x 100, a hop", ["ring", "1000", "100"], [reference, beam]),
            ("fan-in 100 x 1,000, a message", ["fanin", "100", "1000"], [reference, beam]),
            ("selective receive among 1,000, a take", ["selective", "1000"], [reference, beam]),
            ("64 KiB there and back", ["payload", "100", "65536"], [reference, beam]),
            ("skynet 1,000, a leaf", ["skynet", "1000"], [reference]),
            ("skynet 100,000, a leaf", ["skynet", "100000"], [beam]),
        ];
        return workloads.SelectMany(item => Comparison.Run(item.Name, "per_op_ns", Rounds, item.Workload, ours, item.Peers));
    }
}
