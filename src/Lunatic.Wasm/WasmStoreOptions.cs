namespace Lunatic.Wasm;

/// <summary>Limits of a store. What goes beyond them fails inside the guest: memory.grow and table.grow give -1, deep calls and used-up fuel trap.</summary>
public sealed class WasmStoreOptions
{
    internal static WasmStoreOptions Default { get; } = new();

    /// <summary>Bytes that all linear memories of the store may have together; no limit by default.</summary>
    public long MaxMemoryBytes { get; init => field = NotNegative(value); } = long.MaxValue;

    /// <summary>Elements that all tables of the store may have together; 10,000,000 by default.</summary>
    public int MaxTableElements { get; init => field = (int)NotNegative(value); } = 10_000_000;

    /// <summary>Bytes that the frames of the guest's calls may take; 64 MiB by default. The depth of recursion is bounded by this alone.</summary>
    public long MaxFrameBytes { get; init => field = NotNegative(value); } = 64 << 20;

    /// <summary>Fuel that the store's guests may use in all, or null (the default) for no limit.</summary>
    public long? MaxFuel { get; init => field = value is long fuel ? NotNegative(fuel) : null; }

    /// <summary>How guest code is executed; in tiers by default.</summary>
    public WasmExecutionMode ExecutionMode { get; init; } = WasmExecutionMode.Tiered;

    /// <summary>Where linear memories come from.</summary>
    public WasmMemoryAllocator MemoryAllocator { get; init; } = WasmMemoryAllocator.Default;

    private static long NotNegative(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
