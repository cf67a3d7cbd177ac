using Lunatic.Benchmarks.Framework;
using Lunatic.Benchmarks.Peers;
using Lunatic.Runtime.Memory;
using Lunatic.Wasm;

namespace Lunatic.Benchmarks.Modules;

/// <summary>Makes and drops instances of a linked module, each in a store of its own, as a spawn does. No guest code runs.</summary>
internal sealed class InstantiateBenchmark : Benchmark
{
    private const string OnePage = "(module (memory (export \"memory\") 1 1) (func (export \"run\")))";
    private const string NoMemory = "(module (func (export \"run\")))";

    public override string Name => "instantiate";

    public override string Description => "a store and an instance made and dropped";

    public override IEnumerable<Row> Run()
    {
        using GuestMemory memory = new();
        WasmStoreOptions slots = new() { MemoryAllocator = memory.CreateAllocator() };
        yield return Measure("no memory", WasmModule.Parse(NoMemory), slots);
        yield return Measure("one page", WasmModule.Parse(OnePage), slots);
        if (SharedFiles.Find("guests", "actors.wasm") is not { } path)
        {
            yield return Row.Skipped("Rust guest (actors.wasm)", SharedFiles.Missing);
            yield break;
        }
        WasmModule guest = WasmModule.Load(File.ReadAllBytes(path));
        yield return Measure("Rust guest (actors.wasm)", guest, slots);
        yield return Measure("Rust guest, memory from the system", guest, new WasmStoreOptions());
    }

    private static Row Measure(string name, WasmModule module, WasmStoreOptions options)
    {
        WasmLinker linker = new();
        foreach (WasmImport import in module.Imports)
        {
            if (import.Type is WasmFunctionType type)
                linker.Define(import.Module, import.Name, new WasmHostFunction(type, static (caller, _) => caller.Trap("is not called here")));
        }
        WasmLinkedModule linked = linker.Link(module);
        return new Row(name, Sampling.NanosecondsPerOperation(operations =>
        {
            for (int operation = 0; operation < operations; operation++)
            {
                using WasmStore store = new(options);
                linked.CreateInstance(store);
            }
        }), "ns");
    }
}
