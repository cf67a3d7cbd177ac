using System.Diagnostics;

namespace Lunatic.Benchmarks.Framework;

/// <summary>Repeats work until its time can be told from noise.</summary>
internal static class Sampling
{
    private const int Samples = 7;
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Whether the process's own processor time is counted and not the time that passed: for a machine that does other work at the same time. It leaves out
    /// waiting, so it says nothing about several threads.
    /// </summary>
    public static bool CountsProcessorTime { get; set; }

    /// <summary>Nanoseconds per operation: the median over seven samples of about 100 ms, after two to warm up.</summary>
    /// <param name="work">Does so many operations.</param>
    public static double NanosecondsPerOperation(Action<int> work)
    {
        int operations = 1;
        while (Time(work, operations) < SampleTime && operations < 1 << 28)
            operations *= 2;
        Time(work, operations);
        return Median(Enumerable.Range(0, Samples).Select(_ => Time(work, operations).TotalNanoseconds / operations));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    /// <summary>The time that work takes once.</summary>
    /// <param name="work">Does so many operations.</param>
    /// <param name="operations">How many it is to do.</param>
    public static TimeSpan Time(Action<int> work, int operations)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        work(operations);
        return CountsProcessorTime ? Environment.CpuUsage.TotalTime - used : Stopwatch.GetElapsedTime(start);
    }
}
