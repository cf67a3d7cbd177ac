namespace Lunatic.Wasm;

/// <summary>Size limits of a memory (in pages of 64 KiB) or a table (in elements).</summary>
/// <param name="Minimum">The initial size.</param>
/// <param name="Maximum">The size that it may grow to, or null where the type sets none.</param>
public readonly record struct WasmLimits(ulong Minimum, ulong? Maximum)
{
    /// <summary>The limits as the text format writes them.</summary>
    public override string ToString() => Maximum is ulong maximum ? $"{Minimum} {maximum}" : $"{Minimum}";
}
