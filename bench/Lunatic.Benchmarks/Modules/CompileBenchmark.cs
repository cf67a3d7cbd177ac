using System.Globalization;
using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Kernels;
using Lunatic.Benchmarks.Peers;
using Lunatic.Wasm;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Instances;

namespace Lunatic.Benchmarks.Modules;

/// <summary>Compiles all functions of a module, one after the other: our part and the JIT's.</summary>
internal sealed class CompileBenchmark : Benchmark
{
    private const int Samples = 3;

    public override string Name => "compile";

    public override string Description => "all functions of a module compiled, in MB of binary a second; memory.grow";

    public override IEnumerable<Row> Run()
    {
        yield return Grow();
        if (SharedFiles.Find("guests", ComputeGuest.File) is not { } path)
        {
            yield return Row.Skipped(ComputeGuest.File, SharedFiles.Missing);
            yield break;
        }
        yield return Compile(File.ReadAllBytes(path));
    }

    private static Row Compile(byte[] bytes)
    {
        var times = new List<double>();
        long functions = 0, size = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            WasmModule module = WasmModule.Load(bytes);
            ModuleCode code = module.Code;
            (long entries, long il) = (EngineCounters.Entries, EngineCounters.ILBytes);
            times.Add(Sampling.Time(_ => CompileAll(code), 1).TotalNanoseconds);
            (functions, size) = (EngineCounters.Entries - entries, EngineCounters.ILBytes - il);
            GC.KeepAlive(code);
        }
        double median = Sampling.Median(times);
        return new Row($"compile {ComputeGuest.File}", bytes.Length / median * 1000, "MB/s",
            Note: string.Create(CultureInfo.InvariantCulture, $"{functions} functions, {bytes.Length / 1000} KB, {size / 1000} KB of IL in {median / 1e6:F0} ms"));
    }

    private static unsafe void CompileAll(ModuleCode code)
    {
        for (int i = 0; i < code.Definition.FunctionTypes.Length - code.Definition.ImportedFunctions; i++)
            code.TryCompile(code.Functions + i);
    }

    private static Row Grow()
    {
        const int Pages = 1_000;
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse("""
            (module (memory 1 1001) (func (export "run") (param $n i32)
              (loop $l (drop (memory.grow (i32.const 1))) (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
            """));
        return new Row("memory.grow by a page", Sampling.NanosecondsPerOperation(operations =>
        {
            for (int done = 0; done < operations; done += Pages)
            {
                using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled });
                module.Instantiate(store).Invoke("run", Pages);
            }
        }), "ns", Note: $"memory from the system, {Pages} pages of one instance after the other");
    }
}
