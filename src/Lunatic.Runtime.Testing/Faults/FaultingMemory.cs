using Lunatic.Wasm;

namespace Lunatic.Runtime.Testing.Faults;

/// <summary>Refuses guests memory where the plan says so.</summary>
internal sealed class FaultingMemory(WasmMemoryAllocator inner, FaultPlan faults) : WasmMemoryAllocator
{
    public override bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block)
    {
        block = default;
        return !faults.RefusesMemory() && inner.TryAllocate(bytes, maximumBytes, out block);
    }

    public override bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes) =>
        (newBytes == oldBytes || !faults.RefusesMemory()) && inner.TryGrow(ref block, oldBytes, newBytes);

    public override void Release(in WasmMemoryBlock block, long usedBytes) => inner.Release(block, usedBytes);
}
