namespace Lunatic.Wasm.Instances.Memory;

/// <summary>Reserves a memory's whole range and commits it as it grows; a memory that outgrows its range is copied to a bigger one.</summary>
internal sealed unsafe class WindowsMemoryAllocator : WasmMemoryAllocator
{
    public override bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block)
    {
        CheckAllocation(bytes, maximumBytes);
        block = default;
        long reserved = SystemMemoryAllocator.Reservation(bytes, maximumBytes);
        if (reserved <= 0)
            return reserved == 0;
        byte* address = WindowsMemory.Reserve(reserved);
        if (address == null && bytes > 0)
        {
            reserved = SystemMemoryAllocator.RoundUpToPages(bytes);
            address = WindowsMemory.Reserve(reserved);
        }
        if (address == null)
            return bytes == 0;
        if (bytes > 0 && !WindowsMemory.Commit(address, bytes))
        {
            WindowsMemory.Release(address);
            return false;
        }
        block = new WasmMemoryBlock(address, reserved);
        return true;
    }

    public override bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes)
    {
        CheckGrowth(block, oldBytes, newBytes);
        if (newBytes == oldBytes)
            return true;
        if (newBytes <= block.Capacity)
            return WindowsMemory.Commit(block.Address, newBytes);
        if (!TryAllocate(newBytes, newBytes, out WasmMemoryBlock bigger))
            return false;
        if (oldBytes > 0)
            Buffer.MemoryCopy(block.Address, bigger.Address, newBytes, oldBytes);
        Release(block, oldBytes);
        block = bigger;
        return true;
    }

    public override void Release(in WasmMemoryBlock block, long usedBytes)
    {
        if (block.Capacity > 0)
            WindowsMemory.Release(block.Address);
    }
}
