using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;

namespace Lunatic.Benchmarks.Guests;

/// <summary>The 13 kernels of the guest `compute`, in sizes that an interpreter ends within a second, and their geometric mean.</summary>
internal sealed class ComputeBenchmark : Benchmark
{
    private const int Rounds = 3;

    private static readonly (string Kernel, string Size)[] Kernels =
    [
        ("fib", "27"), ("nbody", "30000"), ("fannkuch", "8"), ("spectral", "100"), ("mandelbrot", "120"), ("sieve", "300000"), ("matmul", "80"),
        ("sha256", "1"), ("sort", "50000"), ("hashmap", "30000"), ("strings", "20000"), ("vm", "300000"), ("dyncall", "1000000"),
    ];

    public override string Name => "compute";

    public override string Description => "single-threaded kernels, beside the same natively built, and lunatic 0.13.2";

    public override IEnumerable<Row> Run()
    {
        const string guest = "compute.wasm";
        Peer ours = Peer.Ours(guest);
        Peer[] peers = [Peer.Native(), Peer.Reference(guest)];
        List<Row> all = [];
        foreach ((string kernel, string size) in Kernels)
        {
            foreach (Row row in Comparison.Run($"{kernel} {size}", "elapsed_ns", Rounds, [kernel, size], ours, peers))
            {
                all.Add(row);
                yield return row;
            }
        }
        foreach (IGrouping<string, Row> peer in all.Where(row => row.Peer is not null).GroupBy(row => row.Peer!))
            yield return new Row("geometric mean, times the peer", Math.Exp(peer.Average(row => Math.Log(row.Median / row.PeerMedian))), "x", peer.Key, 1);
    }
}
