using System.Globalization;
using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;
using Lunatic.Runtime;
using Lunatic.Wasm.Execution;

namespace Lunatic.Benchmarks.Kernels;

/// <summary>
/// The kernels of the guest `compute` with everything inside: a new module each time, interpreted first, compiled in the background meanwhile. Then two guests
/// that compete for one worker, warm. Beside the same natively built.
/// </summary>
internal sealed class TiersBenchmark : Benchmark
{
    private const int Rounds = 3;
    private const int WarmUps = 2;

    public override string Name => "tiers";

    public override string Description => "the kernels of `compute` from their first instruction on, interpreting and compiling included; two guests on one worker";

    public override IEnumerable<Row> Run()
    {
        if (SharedFiles.Find("guests", ComputeGuest.File) is not { } file)
            return [Row.Skipped("tiers", SharedFiles.Missing)];
        Peer native = Peer.Native();
        return native.Command is null ? [Row.Skipped(native.Name, native.Missing)] : FirstRuns(file, native).Concat(Competing(file, native));
    }

    private static IEnumerable<Row> FirstRuns(string file, Peer native)
    {
        var ratios = new List<double>();
        var before = Counters.Now();
        foreach ((string kernel, string size) in ComputeGuest.Kernels)
        {
            double ours = double.MaxValue, peer = double.MaxValue;
            var start = Counters.Now();
            for (int round = 0; round < Rounds; round++)
            {
                using (var guest = new WarmGuest(file, ExecutionMode.Tiered))
                    ours = Math.Min(ours, guest.Measure(ComputeGuest.Field, [kernel, size]));
                peer = Math.Min(peer, native.Measure(ComputeGuest.Field, [kernel, size]));
            }
            ratios.Add(ours / peer);
            yield return new Row($"first run: {kernel} {size}", ours / 1e6, "ms", native.Name, peer / 1e6, Counters.Now().Since(start).ToString(Rounds));
        }
        yield return new Row("first runs, geometric mean", Sampling.GeometricMean(ratios), "x", native.Name, 1, Counters.Now().Since(before).ToString(Rounds * ratios.Count));
    }

    private static IEnumerable<Row> Competing(string file, Peer native)
    {
        var ratios = new List<double>();
        using var guest = new WarmGuest(file, ExecutionMode.Compiled, workers: 1);
        foreach ((string kernel, string size) in ComputeGuest.Kernels)
        {
            string[] workload = [kernel, size];
            for (int i = 0; i < WarmUps; i++)
                guest.Measure(ComputeGuest.Field, workload);
            double ours = double.MaxValue, peer = double.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                Task<double>[] both = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => guest.Measure(ComputeGuest.Field, workload)))];
                ours = Math.Min(ours, Task.WhenAll(both).Result.Max() / both.Length);
                peer = Math.Min(peer, native.Measure(ComputeGuest.Field, workload));
            }
            ratios.Add(ours / peer);
            yield return new Row($"one of two: {kernel} {size}", ours / 1e6, "ms", native.Name, peer / 1e6);
        }
        yield return new Row("one of two, geometric mean", Sampling.GeometricMean(ratios), "x", native.Name, 1);
    }

    // what the engine has done
    private readonly record struct Counters(long Lowered, long Entries, long Resumes, TimeSpan CompileTime)
    {
        public static Counters Now() => new(EngineCounters.Lowered, EngineCounters.Entries, EngineCounters.Resumes, EngineCounters.CompileTime);

        public Counters Since(Counters before) => new(Lowered - before.Lowered, Entries - before.Entries, Resumes - before.Resumes, CompileTime - before.CompileTime);

        public string ToString(int runs) => string.Create(
            CultureInfo.InvariantCulture,
            $"a run: {Lowered / runs} functions interpreted, {Entries / runs} compiled, {Resumes / runs} to go on in frames, {CompileTime.TotalMilliseconds / runs:F0} ms");
    }
}
