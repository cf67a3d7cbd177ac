using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Interpretation;

/// <summary>memory.grow.</summary>
internal static unsafe class MemoryOperations
{
    /// <summary>The size before in pages, or -1 if a limit or the system refuses.</summary>
    public static long Grow(WasmStore store, InstanceContext* instance, int memory, ulong pages) =>
        pages > WasmMemory.MaxPages ? -1 : store.InstanceOf(instance).MemoryAt(memory).Grow((long)pages);
}
