using System.Globalization;
using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.Kernels;

/// <summary>
/// The 13 kernels of the guest `compute`, warm: each is run in this process until its code is compiled, then in turn with the same built natively and with the
/// reference, which have compiled when their timing begins. Slices are the default ones.
/// </summary>
internal sealed class KernelsBenchmark : Benchmark
{
    private const int WarmUps = 3;
    private const int Rounds = 5;

    public override string Name => "kernels";

    public override string Description => "the kernels of `compute` warm and compiled, minima of 5 runs, beside the same natively built, and lunatic 0.13.2";

    public override IEnumerable<Row> Run()
    {
        if (SharedFiles.Find("guests", ComputeGuest.File) is not { } file)
        {
            yield return Row.Skipped("kernels", SharedFiles.Missing);
            yield break;
        }
        Peer[] peers = [Peer.Native(), Peer.Reference(ComputeGuest.File)];
        foreach (Peer missing in peers.Where(peer => peer.Command is null))
            yield return Row.Skipped(missing.Name, missing.Missing);
        peers = [.. peers.Where(peer => peer.Command is not null)];
        using var guest = new WarmGuest(file, ExecutionMode.Compiled);
        foreach (Row row in Compare(guest, peers))
            yield return row;
    }

    private static IEnumerable<Row> Compare(WarmGuest guest, Peer[] peers)
    {
        var ratios = new List<(string Peer, double OfMinima, double OfMedians)>();
        foreach ((string kernel, string size) in ComputeGuest.Kernels)
        {
            double[][] times = Measure(guest, peers, [kernel, size]);
            for (int i = 0; i < peers.Length; i++)
            {
                (double ours, double peer) = (times[0].Min(), times[i + 1].Min());
                double medians = Sampling.Median(times[0]) / Sampling.Median(times[i + 1]);
                ratios.Add((peers[i].Name, ours / peer, medians));
                yield return new Row($"{kernel} {size}, minimum", ours / 1e6, "ms", peers[i].Name, peer / 1e6, OfMedians(medians));
            }
        }
        foreach (var peer in ratios.GroupBy(ratio => ratio.Peer))
        {
            yield return new Row("geometric mean, times the peer", Sampling.GeometricMean(peer.Select(ratio => ratio.OfMinima)), "x", peer.Key, 1,
                OfMedians(Sampling.GeometricMean(peer.Select(ratio => ratio.OfMedians))));
        }
    }

    // times of ours, then of each peer
    private static double[][] Measure(WarmGuest guest, Peer[] peers, string[] workload)
    {
        for (int i = 0; i < WarmUps; i++)
            guest.Measure(ComputeGuest.Field, workload);
        Func<double>[] runs = [() => guest.Measure(ComputeGuest.Field, workload), .. peers.Select(peer => (Func<double>)(() => peer.Measure(ComputeGuest.Field, workload)))];
        double[][] times = [.. runs.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
                times[i][round] = runs[i]();
        }
        return times;
    }

    private static string OfMedians(double ratio) => string.Create(CultureInfo.InvariantCulture, $"of medians {ratio:F2}");
}
