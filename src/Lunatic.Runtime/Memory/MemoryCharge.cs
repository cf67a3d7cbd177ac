namespace Lunatic.Runtime.Memory;

/// <summary>
/// What a guest's memory counts against the runtime's cap: an estimate of what the guest will touch, from its length alone. A small memory counts an
/// eighth, at most 32 KiB, because its length says little (a Rust guest has 1.1 MB and touches 28 KB of it, page tables included); what lies beyond
/// 2 MiB counts in full, because memory that a guest asked for is memory that it uses. docs/rationale/memory.md has the reasons.
/// </summary>
internal static class MemoryCharge
{
    /// <summary>Up to this length a memory counts by estimate, in bytes.</summary>
    public const long SmallLength = 2 << 20;

    /// <summary>The most that the part of a memory below <see cref="SmallLength"/> counts, in bytes.</summary>
    public const long SmallCharge = 32 << 10;

    /// <summary>The charge, in bytes, of a memory of <paramref name="length"/> bytes; it never falls with growing length.</summary>
    public static long Of(long length) => length <= SmallLength
        ? Math.Min((length + 7) / 8, SmallCharge)
        : SmallCharge + (length - SmallLength);
}
