using Lunatic.Wasm;

namespace Lunatic.Runtime.Memory;

/// <summary>The memory of all guests of one runtime: its slots, its cap, and one allocator per environment.</summary>
internal sealed class GuestMemory : IDisposable
{
    private readonly WasmMemoryAllocator _inner;
    private readonly SlotMemoryAllocator? _slots;
    private readonly Quota _charges;
    private readonly ResidentMemoryGuard _guard;

    /// <param name="maxBytes">What all guests together may count, in bytes of <see cref="MemoryCharge"/>; null is <see cref="DefaultMaxBytes"/>.</param>
    public GuestMemory(long? maxBytes = null)
    {
        _charges = new Quota(maxBytes ?? DefaultMaxBytes);
        _slots = SlotMemoryAllocator.IsSupported ? new SlotMemoryAllocator() : null;
        _inner = _slots ?? WasmMemoryAllocator.Default;
        _guard = new ResidentMemoryGuard(DefaultMaxBytes, relieve: _slots is null ? null : _slots.ReleaseWarm);
    }

    /// <summary>
    /// Three quarters of the memory that the system, the container or the garbage collector's own limit leaves to this process: the rest is for the managed
    /// heap, page tables and everybody else. The process as a whole is measured against it too.
    /// </summary>
    public static long DefaultMaxBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>What the guests count at the moment, in bytes; 0 when all have ended.</summary>
    public long ChargedBytes => _charges.Used;

    /// <summary>How many memories guests have at the moment; 0 where memories are not slots.</summary>
    public long SlotsInUse => _slots?.SlotsInUse ?? 0;

    /// <summary>The cap on <see cref="ChargedBytes"/>.</summary>
    public long MaxBytes => _charges.Limit;

    /// <summary>Makes the allocator of an environment.</summary>
    /// <param name="maxBytes">The lengths that the memories of its guests may have together, in bytes.</param>
    public WasmMemoryAllocator CreateAllocator(long maxBytes = long.MaxValue) =>
        new BudgetedMemoryAllocator(_inner, new Quota(maxBytes), _charges, _guard);

    /// <summary>Whether the host process as a whole may keep so many bytes more for guests, outside of their memories.</summary>
    public bool HasRoomFor(long bytes) => _guard.Allows(bytes);

    /// <summary>Gives the slots back to the system; those that are still in use when they are released.</summary>
    public void Dispose()
    {
        _slots?.Dispose();
        _guard.Dispose();
    }
}
