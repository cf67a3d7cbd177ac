using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances.Memory;

/// <summary>Memory from the C heap, for systems whose own calls we do not use: growing copies, with room to spare so that it seldom does.</summary>
internal sealed unsafe class HeapMemoryAllocator : WasmMemoryAllocator
{
    /// <summary>The most that is allocated ahead of use; 16 MiB.</summary>
    private const long MaxHeadroom = 16 << 20;

    public override bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block)
    {
        CheckAllocation(bytes, maximumBytes);
        block = default;
        return bytes == 0 || TryAllocateZeroed(bytes, out block);
    }

    public override bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes)
    {
        CheckGrowth(block, oldBytes, newBytes);
        if (newBytes <= block.Capacity)
            return true;
        long headroom = Math.Min(oldBytes / 2, MaxHeadroom);
        if (newBytes > long.MaxValue - headroom || !TryAllocateZeroed(newBytes + headroom, out WasmMemoryBlock bigger))
        {
            if (!TryAllocateZeroed(newBytes, out bigger))
                return false;
        }
        if (oldBytes > 0)
            Buffer.MemoryCopy(block.Address, bigger.Address, newBytes, oldBytes);
        Release(block, oldBytes);
        block = bigger;
        return true;
    }

    public override void Release(in WasmMemoryBlock block, long usedBytes)
    {
        if (block.Capacity > 0)
            NativeMemory.Free(block.Address);
    }

    private static bool TryAllocateZeroed(long bytes, out WasmMemoryBlock block)
    {
        block = default;
        if (bytes > nint.MaxValue)
            return false;
        try
        {
            block = new WasmMemoryBlock((byte*)NativeMemory.AllocZeroed((nuint)bytes), bytes);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
