namespace Lunatic.Wasm;

/// <summary>
/// Where the linear memories of instances come from. An allocator is shared by stores on different threads, so every member is safe to call from any
/// thread; one block belongs to one store and is passed by one thread at a time.
/// </summary>
/// <remarks>
/// A refusal, by a budget or by the system, is the answer <c>false</c> and changes nothing; it makes <c>memory.grow</c> give -1 and instantiation fail.
/// Only a caller's mistake (a negative length, a length over the maximum) throws.
/// </remarks>
public abstract class WasmMemoryAllocator
{
    /// <summary>The plain allocator that stores use when their options name no other: address space of the system, without a budget of its own.</summary>
    public static WasmMemoryAllocator Default { get; } = Instances.Memory.SystemMemoryAllocator.Create();

    /// <summary>Allocates a zeroed memory.</summary>
    /// <param name="bytes">Its length in bytes, 0 or more.</param>
    /// <param name="maximumBytes">The length that it may grow to, at least <paramref name="bytes"/>; a hint for how much to reserve.</param>
    /// <param name="block">The memory; the default value when the answer is <c>false</c>.</param>
    /// <returns>Whether there was memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative or over the maximum.</exception>
    public abstract bool TryAllocate(long bytes, long maximumBytes, out WasmMemoryBlock block);

    /// <summary>Lengthens a memory, asked for every growth, also within the capacity; its contents stay, its address may change, its new bytes are zero.</summary>
    /// <param name="block">The memory; unchanged when the answer is <c>false</c>.</param>
    /// <param name="oldBytes">The present length in bytes: nobody wrote beyond it.</param>
    /// <param name="newBytes">The new length in bytes, at least <paramref name="oldBytes"/>.</param>
    /// <returns>Whether there was memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, over the block's capacity or less than before.</exception>
    public abstract bool TryGrow(ref WasmMemoryBlock block, long oldBytes, long newBytes);

    /// <summary>Takes a memory back; its address must not be used any more. The default value is accepted and ignored.</summary>
    /// <param name="block">What <see cref="TryAllocate"/> or the last <see cref="TryGrow"/> gave, once.</param>
    /// <param name="usedBytes">The length in bytes at the end.</param>
    public abstract void Release(in WasmMemoryBlock block, long usedBytes);

    /// <summary>Throws for arguments of <see cref="TryAllocate"/> that only a caller's mistake can produce.</summary>
    protected static void CheckAllocation(long bytes, long maximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBytes, bytes);
    }

    /// <summary>Throws for arguments of <see cref="TryGrow"/> that only a caller's mistake can produce.</summary>
    protected static void CheckGrowth(in WasmMemoryBlock block, long oldBytes, long newBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldBytes, block.Capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(newBytes, oldBytes);
    }
}
