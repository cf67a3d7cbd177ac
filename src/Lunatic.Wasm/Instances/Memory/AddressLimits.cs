using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// Limits of addresses, for compiled code: entry n of a table is the highest address from which n bytes lie inside the memory, or -1. One table for each length
/// of a memory, shared by all that have it, never changed and never freed: at most 65,537 tables of about 1 KiB, and only as many as there were lengths.
/// </summary>
internal static unsafe class AddressLimits
{
    /// <summary>The highest n.</summary>
    public const int MaxBytes = 128;

    private const int Chunk = 256;

    // by length in pages, in chunks that are made when they are needed
    private static readonly nint[]?[] Tables = new nint[(WasmMemory.MaxPages / Chunk) + 1][];

    /// <summary>The table of memories of a length in bytes, which is a number of pages.</summary>
    public static long* Of(long length)
    {
        int pages = (int)(length / WasmMemoryType.PageSize);
        ref nint[]? chunk = ref Tables[pages / Chunk];
        nint[] tables = Volatile.Read(ref chunk) ?? Interlocked.CompareExchange(ref chunk, new nint[Chunk], null) ?? chunk;
        ref nint table = ref tables[pages % Chunk];
        return (long*)(Volatile.Read(ref table) is var known and not 0 ? known : Make(ref table, length));
    }

    private static nint Make(ref nint table, long length)
    {
        var made = (long*)NativeMemory.Alloc(MaxBytes + 1, sizeof(long));
        for (int bytes = 0; bytes <= MaxBytes; bytes++)
            made[bytes] = Math.Max(length - bytes, -1);
        nint first = Interlocked.CompareExchange(ref table, (nint)made, 0);
        if (first == 0)
            return (nint)made;
        NativeMemory.Free(made);
        return first;
    }
}
