namespace Lunatic.Wasm;

/// <summary>The bytes of a linear memory, as a <see cref="WasmMemoryAllocator"/> hands them out.</summary>
public readonly unsafe struct WasmMemoryBlock
{
    /// <summary>Describes memory that an allocator owns.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="capacity">How many bytes from there can be used without moving.</param>
    /// <param name="token">Anything the allocator wants back with the block.</param>
    public WasmMemoryBlock(byte* address, long capacity, object? token = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Address = address;
        Capacity = capacity;
        Token = token;
    }

    /// <summary>The first byte; null only when <see cref="Capacity"/> is 0. Valid until the block moves by growing or is released.</summary>
    public byte* Address { get; }

    /// <summary>How many bytes, from <see cref="Address"/> on, the memory can have without moving, once its allocator agreed. What lies beyond its length reads as zero.</summary>
    public long Capacity { get; }

    /// <summary>What the allocator put there for itself.</summary>
    public object? Token { get; }
}
