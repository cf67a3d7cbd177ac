namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Modules made to hurt a compiler give what they should in every mode, in time and memory that their size bounds.</summary>
public class HostileModuleTests
{
    // of the module's own bytes and what loading takes; a compiler that lost its bounds would need gigabytes
    private const long MaxBytes = 1L << 30;

    [Test]
    [CancelAfter(120_000)]
    public void Runs_in_every_mode([ValueSource(nameof(Modules))] object module, [Values] WasmExecutionMode mode)
    {
        var hostile = (HostileModule)module;
        long before = GC.GetTotalAllocatedBytes();
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = mode });
        WasmInstance instance = new WasmLinker().Instantiate(store, WasmModule.Load(hostile.Bytes));
        // often enough for tiers to change
        for (int i = 0; i < 3; i++)
            Assert.That(instance.Invoke("f", 1)[0].AsInt32(), Is.EqualTo(hostile.Expected));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(MaxBytes), "bytes allocated");
    }

    // internal types are no parameters of public tests
    private static IEnumerable<object> Modules() => HostileModule.All();
}
