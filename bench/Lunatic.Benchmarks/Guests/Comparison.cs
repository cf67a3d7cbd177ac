using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;

namespace Lunatic.Benchmarks.Guests;

/// <summary>Runs a workload on our command and on peers in turn, so that all see the same machine, and compares the medians.</summary>
internal static class Comparison
{
    /// <summary>Returns a row for each peer.</summary>
    /// <param name="name">The workload's name in the table.</param>
    /// <param name="field">The field of the workload's line to compare, in nanoseconds.</param>
    /// <param name="rounds">How often each runs it.</param>
    /// <param name="workload">The workload and its numbers.</param>
    /// <param name="ours">Our command.</param>
    /// <param name="peers">Those to compare with.</param>
    public static List<Row> Run(string name, string field, int rounds, string[] workload, Peer ours, params Peer[] peers)
    {
        if (ours.Command is null)
            return [Row.Skipped(name, ours.Missing)];
        Peer[] present = [ours, .. peers.Where(peer => peer.Command is not null)];
        double[][] samples = [.. present.Select(_ => new double[rounds])];
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int peer = 0; peer < present.Length; peer++)
                    samples[peer][round] = present[peer].Measure(field, workload);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            return [Row.Failed(name, exception.Message)];
        }
        double median = Sampling.Median(samples[0]);
        List<Row> rows = [.. present.Skip(1).Select((peer, index) => new Row(name, median, "ns", peer.Name, Sampling.Median(samples[index + 1])))];
        rows.AddRange(peers.Where(peer => peer.Command is null)
            .Select(peer => new Row(name, median, "ns", Note: $"{peer.Name} skipped: {peer.Missing}")));
        return rows;
    }
}
