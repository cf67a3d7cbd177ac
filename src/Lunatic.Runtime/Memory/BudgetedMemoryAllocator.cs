using Lunatic.Wasm;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// Hands out an inner allocator's memory within two caps: the environment's counts lengths, so that no guest of it can ever touch more; the runtime's counts
/// <see cref="MemoryCharge"/>s and is backed by the <see cref="ResidentMemoryGuard"/>. A request that one of them refuses takes nothing from the others.
/// </summary>
internal sealed class BudgetedMemoryAllocator(WasmMemoryAllocator inner, Quota lengths, Quota charges, ResidentMemoryGuard guard) : WasmMemoryAllocator
{
    public override bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block)
    {
        CheckAllocation(bytes, maximumBytes);
        block = default;
        if (!TryTake(0, bytes))
            return false;
        if (inner.TryAllocate(bytes, maximumBytes, out block))
            return true;
        Return(0, bytes);
        return false;
    }

    public override bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes)
    {
        CheckGrowth(block, oldBytes, newBytes);
        if (!TryTake(oldBytes, newBytes))
            return false;
        if (inner.TryGrow(ref block, oldBytes, newBytes))
            return true;
        Return(oldBytes, newBytes);
        return false;
    }

    public override void Release(in WasmMemoryBlock block, long usedBytes)
    {
        inner.Release(block, usedBytes);
        Return(0, usedBytes);
    }

    private bool TryTake(long oldBytes, long newBytes)
    {
        if (!lengths.TryTake(newBytes - oldBytes))
            return false;
        if (charges.TryTake(MemoryCharge.Of(newBytes) - MemoryCharge.Of(oldBytes)))
        {
            if (guard.Allows(newBytes - oldBytes))
                return true;
            charges.Return(MemoryCharge.Of(newBytes) - MemoryCharge.Of(oldBytes));
        }
        lengths.Return(newBytes - oldBytes);
        return false;
    }

    private void Return(long oldBytes, long newBytes)
    {
        charges.Return(MemoryCharge.Of(newBytes) - MemoryCharge.Of(oldBytes));
        lengths.Return(newBytes - oldBytes);
    }
}
