using System.Collections.Immutable;

namespace Lunatic.Wasm.Model;

/// <summary>Byte offsets of a module's entries, for messages about them.</summary>
internal sealed class ModuleOffsets
{
    /// <summary>Of all tables, imported ones first.</summary>
    public required ImmutableArray<int> Tables { get; init; }

    /// <summary>Of all memories, imported ones first.</summary>
    public required ImmutableArray<int> Memories { get; init; }

    public required ImmutableArray<int> Exports { get; init; }

    public required int Start { get; init; }
}
