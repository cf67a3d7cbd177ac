namespace Lunatic.Wasm.Tests.Instances;

/// <summary>Instances of modules written in the text format.</summary>
internal static class TestInstance
{
    public static WasmInstance Create(WasmStore store, string text, WasmLinker? linker = null) =>
        (linker ?? new WasmLinker()).Instantiate(store, WasmModule.Parse(text));

    public static int Call(this WasmInstance instance, string name, params ReadOnlySpan<WasmValue> arguments) => instance.Invoke(name, arguments)[0].AsInt32();

    /// <summary>Runs the started guest to its end, at most so many slices.</summary>
    public static (ExecutionStatus Status, int Slices) Run(this WasmStore store, long slice = 1_000_000, int maxSlices = 1_000_000)
    {
        for (int slices = 1; slices <= maxSlices; slices++)
        {
            ExecutionStatus status = store.Resume(slice);
            if (status != ExecutionStatus.Preempted)
                return (status, slices);
        }
        Assert.Fail($"the guest did not come to an end within {maxSlices} slices");
        return default;
    }
}
