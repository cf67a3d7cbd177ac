using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>A linear memory. Belongs to a store, ends with it.</summary>
public sealed unsafe class WasmMemory
{
    private readonly MemoryRecord* _record;
    private readonly bool _ownsRecord;
    private WasmMemoryBlock _block;

    /// <summary>A memory of the host's, to be imported by instances.</summary>
    /// <param name="store">The store it belongs to.</param>
    /// <param name="pages">Initial size in pages of 64 KiB.</param>
    /// <param name="maximumPages">Size in pages that it may grow to; null for no limit but that of 32-bit addresses (65,536).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="InvalidOperationException">The store's limit or the system refuses the memory.</exception>
    public WasmMemory(WasmStore store, int pages, int? maximumPages = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(pages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pages, maximumPages ?? MaxPages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumPages ?? 0, MaxPages);
        store.CheckUsable();
        Store = store;
        Type = new WasmMemoryType(new WasmLimits((ulong)pages, (ulong?)maximumPages), WasmValueType.I32);
        if (!store.TryReserveMemory((long)pages * WasmMemoryType.PageSize))
            throw new InvalidOperationException($"a memory of {pages} pages is beyond the store's limit of {store.Options.MaxMemoryBytes} bytes");
        if (!TryAllocate(out _block))
        {
            store.ReturnMemory((long)pages * WasmMemoryType.PageSize);
            throw new InvalidOperationException($"there is no room for a memory of {pages} pages");
        }
        _record = (MemoryRecord*)System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)sizeof(MemoryRecord));
        _ownsRecord = true;
        Publish((long)pages * WasmMemoryType.PageSize);
        store.Adopt(this);
    }

    // an instance's own memory: the record lies in the instance's block
    private WasmMemory(WasmStore store, WasmMemoryType type, MemoryRecord* record)
    {
        Store = store;
        Type = type;
        _record = record;
    }

    /// <summary>Most pages of a memory with 32-bit addresses.</summary>
    internal const int MaxPages = 65_536;

    /// <summary>The store that the memory belongs to.</summary>
    public WasmStore Store { get; }

    /// <summary>The type it was declared with.</summary>
    public WasmMemoryType Type { get; }

    /// <summary>Present length in bytes.</summary>
    public long Length
    {
        get
        {
            Store.CheckUsable();
            return _record->Length;
        }
    }

    /// <summary>Present size in pages of 64 KiB.</summary>
    public long Pages => Length / WasmMemoryType.PageSize;

    /// <summary>The bytes, of a memory beyond 2 GiB the first 2 GiB. Not to be used after the guest ran or the memory grew.</summary>
    public Span<byte> Span => GetSpan(0, (int)Math.Min(Length, int.MaxValue));

    internal MemoryRecord* Record => _record;

    private long MaximumBytes => (long)Math.Min(Type.Limits.Maximum ?? MaxPages, MaxPages) * WasmMemoryType.PageSize;

    /// <summary>Some of the bytes. Not to be used after the guest ran or the memory grew.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the memory.</exception>
    public Span<byte> GetSpan(long address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (address > Length - length)
            throw new ArgumentOutOfRangeException(nameof(address), $"{length} bytes at {address} are outside a memory of {Length} bytes");
        return new Span<byte>(_record->Base + address, length);
    }

    /// <summary>Makes the memory larger.</summary>
    /// <param name="pages">By how many pages of 64 KiB.</param>
    /// <returns>The size before, in pages, or -1 if a limit or the system refuses.</returns>
    public long Grow(long pages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pages);
        long oldLength = Length;
        if (pages > MaxPages || oldLength + (pages * WasmMemoryType.PageSize) > MaximumBytes)
            return -1;
        long added = pages * WasmMemoryType.PageSize;
        if (added == 0)
            return oldLength / WasmMemoryType.PageSize;
        if (!Store.TryReserveMemory(added))
            return -1;
        if (!Store.Options.MemoryAllocator.TryGrow(ref _block, oldLength, oldLength + added))
        {
            Store.ReturnMemory(added);
            return -1;
        }
        Publish(oldLength + added);
        return oldLength / WasmMemoryType.PageSize;
    }

    /// <summary>An instance's own memory, or null if a limit or the system refuses it.</summary>
    internal static WasmMemory? TryCreate(WasmStore store, WasmMemoryType type, MemoryRecord* record)
    {
        ulong pages = type.Limits.Minimum;
        if (pages > MaxPages || !store.TryReserveMemory((long)pages * WasmMemoryType.PageSize))
            return null;
        var memory = new WasmMemory(store, type, record);
        if (!memory.TryAllocate(out memory._block))
        {
            store.ReturnMemory((long)pages * WasmMemoryType.PageSize);
            return null;
        }
        memory.Publish((long)pages * WasmMemoryType.PageSize);
        return memory;
    }

    /// <summary>Gives the memory back; the store is ending.</summary>
    internal void Release()
    {
        Store.Options.MemoryAllocator.Release(_block, _record->Length);
        _block = default;
        if (_ownsRecord)
            System.Runtime.InteropServices.NativeMemory.Free(_record);
    }

    private bool TryAllocate(out WasmMemoryBlock block) =>
        Store.Options.MemoryAllocator.TryAllocate((long)Type.Limits.Minimum * WasmMemoryType.PageSize, MaximumBytes, out block);

    private void Publish(long length)
    {
        _record->Base = _block.Address;
        _record->Length = length;
        _record->Limits = AddressLimits.Of(length);
    }
}
