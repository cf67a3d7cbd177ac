using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;

namespace Lunatic.Benchmarks.Guests;

/// <summary>Runs a workload on ours and on peers in turn, so that all see the same machine, and compares the medians.</summary>
internal static class Comparison
{
    /// <summary>Runs it on our command; returns a row for each peer.</summary>
    /// <param name="name">The workload's name in the table.</param>
    /// <param name="field">The field of the workload's line to compare, in nanoseconds.</param>
    /// <param name="rounds">How often each runs it.</param>
    /// <param name="workload">The workload and its numbers.</param>
    /// <param name="ours">Our command.</param>
    /// <param name="peers">Those to compare with.</param>
    public static List<Row> Run(string name, string field, int rounds, string[] workload, Peer ours, params Peer[] peers) => ours.Command is null
        ? [Row.Skipped(name, ours.Missing)]
        : Run(name, field, rounds, workload, () => ours.Measure(field, workload), peers);

    /// <summary>Runs it in this process; returns a row for each peer.</summary>
    /// <param name="name">The workload's name in the table.</param>
    /// <param name="field">The field of the peers' line to compare, in nanoseconds.</param>
    /// <param name="rounds">How often each runs it.</param>
    /// <param name="workload">The workload and its numbers, for the peers.</param>
    /// <param name="ours">Runs the workload and says how long it took, in nanoseconds.</param>
    /// <param name="peers">Those to compare with.</param>
    public static List<Row> Run(string name, string field, int rounds, string[] workload, Func<double> ours, params Peer[] peers)
    {
        Peer[] present = [.. peers.Where(peer => peer.Command is not null)];
        Func<double>[] runs = [ours, .. present.Select(peer => (Func<double>)(() => peer.Measure(field, workload)))];
        double[][] samples = [.. runs.Select(_ => new double[rounds])];
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int run = 0; run < runs.Length; run++)
                    samples[run][round] = runs[run]();
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            return [Row.Failed(name, exception.Message)];
        }
        double median = Sampling.Median(samples[0]);
        List<Row> rows = [.. present.Select((peer, index) => new Row(name, median, "ns", peer.Name, Sampling.Median(samples[index + 1])))];
        rows.AddRange(peers.Where(peer => peer.Command is null)
            .Select(peer => new Row(name, median, "ns", Note: $"{peer.Name} skipped: {peer.Missing}")));
        return rows;
    }
}
