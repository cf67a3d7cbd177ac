using Lunatic.Benchmarks.Framework;
using Lunatic.Wasm;

namespace Lunatic.Benchmarks.Vectors;

/// <summary>Loops over vectors: a guest's, compiled and interpreted, beside the same in C#.</summary>
internal sealed unsafe class VectorBenchmark : Benchmark
{
    private const int VectorsOfPass = 1024;
    private const int PassesToCompare = 3;

    private static readonly (string Name, Kernel Peer)[] Kernels =
    [
        ("i32x4 mul, add", VectorKernels.MultiplyAddIntegers), ("f32x4 mul, add", VectorKernels.MultiplyAddFloats),
        ("i8x16 shuffle, swizzle", VectorKernels.Shuffle), ("i32x4 dot product", VectorKernels.Dot),
    ];

    private delegate int Kernel(byte* memory, int passes);

    public override string Name => "simd";

    public override string Description => "nanoseconds per vector of loops in SIMD, beside the same in C#";

    public override IEnumerable<Row> Run()
    {
        using Stream resource = typeof(VectorBenchmark).Assembly.GetManifestResourceStream("vectors.wat")!;
        using StreamReader reader = new(resource);
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Parse(reader.ReadToEnd()));
        foreach ((string name, Kernel peer) in Kernels)
        {
            byte[] memory = Filled(module);
            double csharp = Sampling.NanosecondsPerOperation(passes => Call(peer, memory, passes)) / VectorsOfPass;
            foreach (WasmExecutionMode mode in new[] { WasmExecutionMode.Compiled, WasmExecutionMode.Interpreted })
            {
                using WasmStore store = new(new WasmStoreOptions { ExecutionMode = mode });
                WasmInstance instance = module.Instantiate(store);
                string row = $"{name}, {mode.ToString().ToLowerInvariant()}";
                WasmFunction function = instance.GetFunction(name)!;
                instance.Invoke("fill");
                if (function.Invoke(PassesToCompare)[0].AsInt32() != Call(peer, Filled(module), PassesToCompare))
                    yield return Row.Failed(row, "its result is not that of C#");
                yield return new Row(row, Sampling.NanosecondsPerOperation(passes => function.Invoke(passes)) / VectorsOfPass, "ns/vec", "C#", csharp);
            }
        }
    }

    private static byte[] Filled(WasmLinkedModule module)
    {
        using WasmStore store = new();
        WasmInstance instance = module.Instantiate(store);
        instance.Invoke("fill");
        return instance.GetMemory("memory")!.Span.ToArray();
    }

    private static int Call(Kernel kernel, byte[] memory, int passes)
    {
        fixed (byte* start = memory)
            return kernel(start, passes);
    }
}
