namespace Lunatic.Runtime.Memory;

/// <summary>
/// A place for one guest memory: a part of an arena, or mappings of its own when <see cref="Arena"/> is null. Belongs to one owner at a time: a list of
/// free slots, or the store whose memory it is. Lives as long as its arena and goes from owner to owner, so that a spawn allocates nothing.
/// </summary>
internal sealed unsafe class MemorySlot(MemoryArena? arena, byte* address, long capacity)
{
    public MemoryArena? Arena { get; } = arena;

    public byte* Address { get; private set; } = address;

    public long Capacity { get; private set; } = capacity;

    /// <summary>While in use the guest's length, afterwards the part that may hold the former owner's bytes; beyond it all is zero.</summary>
    public long Length { get; set; }

    /// <summary>What the owner's memory may grow to: how much to reserve if it outgrows the slot.</summary>
    public long MaximumBytes { get; set; }

    public bool InUse { get; set; }

    /// <summary>How many mappings the memory has if it has its own.</summary>
    public int Mappings { get; set; }

    /// <summary>Puts the slot of a memory with its own mappings elsewhere.</summary>
    public void MoveTo(byte* address, long capacity)
    {
        Address = address;
        Capacity = capacity;
    }
}
