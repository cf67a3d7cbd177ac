namespace Lunatic.Wasm.Instances.Memory;

/// <summary>
/// Reserves a memory's whole range at once (MAP_NORESERVE); pages come into being when they are touched, so growing is only a longer length.
/// Where so much address space is not to be had (a limit on it, strict overcommit) the memory starts small and moves.
/// </summary>
internal sealed unsafe class LinuxMemoryAllocator : WasmMemoryAllocator
{
    public override bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block)
    {
        CheckAllocation(bytes, maximumBytes);
        block = default;
        long reserved = SystemMemoryAllocator.Reservation(bytes, maximumBytes);
        if (reserved <= 0)
            return reserved == 0;
        byte* address = LinuxMemory.Map(reserved);
        if (address == null && bytes > 0)
        {
            reserved = SystemMemoryAllocator.RoundUpToPages(bytes);
            address = LinuxMemory.Map(reserved);
        }
        if (address == null)
            return bytes == 0;
        block = new WasmMemoryBlock(address, reserved);
        return true;
    }

    public override bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes)
    {
        CheckGrowth(block, oldBytes, newBytes);
        if (newBytes <= block.Capacity)
            return true;
        if (block.Capacity == 0)
            return TryAllocate(newBytes, newBytes, out block);
        long capacity = SystemMemoryAllocator.RoundUpToPages(newBytes);
        byte* address = capacity < 0 ? null : LinuxMemory.Resize(block.Address, block.Capacity, capacity);
        if (address == null)
            return false;
        block = new WasmMemoryBlock(address, capacity);
        return true;
    }

    public override void Release(in WasmMemoryBlock block, long usedBytes)
    {
        if (block.Capacity > 0)
            LinuxMemory.Unmap(block.Address, block.Capacity);
    }
}
