using System.Diagnostics;
using Lunatic.Benchmarks.Framework;
using Lunatic.Wasm;

namespace Lunatic.Benchmarks.Interpretation;

/// <summary>Time per operator of small kernels. Fuel counts the operators: one each, but for those that only give structure.</summary>
internal sealed class InterpreterBenchmark : Benchmark
{
    private const int Samples = 7;

    private static readonly (string Kernel, int Count)[] Kernels =
        [("calls", 24), ("integers", 300_000), ("floats", 300_000), ("memory", 300_000), ("dispatch", 300_000)];

    public override string Name => "interpreter";

    public override string Description => "nanoseconds per WebAssembly operator, metered and preemptible";

    public override IEnumerable<Row> Run()
    {
        using Stream resource = typeof(InterpreterBenchmark).Assembly.GetManifestResourceStream("kernels.wat")!;
        using StreamReader reader = new(resource);
        WasmModule module = WasmModule.Parse(reader.ReadToEnd());
        List<double> all = [];
        foreach ((string kernel, int count) in Kernels)
        {
            using WasmStore store = new();
            WasmFunction function = new WasmLinker().Instantiate(store, module).GetFunction(kernel)!;
            double median = Sampling.Median(Enumerable.Range(0, Samples + 2).Select(_ => NanosecondsPerOperator(store, function, count)).Skip(2));
            all.Add(median);
            yield return new Row(kernel, median, "ns/op");
        }
        yield return new Row("geometric mean", Math.Exp(all.Average(Math.Log)), "ns/op");
    }

    private static double NanosecondsPerOperator(WasmStore store, WasmFunction function, int count)
    {
        long fuel = store.FuelUsed;
        long start = Stopwatch.GetTimestamp();
        function.Invoke(count);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / (store.FuelUsed - fuel);
    }
}
