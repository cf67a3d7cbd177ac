using System.Collections.Immutable;

namespace Lunatic.Wasm.Model;

/// <summary>A segment of references. Its elements are either <see cref="Functions"/> or <see cref="Expressions"/>; the other array is empty.</summary>
internal sealed class ElementSegment
{
    public required SegmentMode Mode { get; init; }

    /// <summary>The table of an active segment.</summary>
    public int Table { get; init; }

    /// <summary>Where an active segment goes, else null.</summary>
    public ConstantExpression? Offset { get; init; }

    /// <summary>Type of the elements.</summary>
    public required WasmValueType Type { get; init; }

    /// <summary>Indices of functions (imports first); -1 is null. The compact form of almost every segment, also of those written as expressions.</summary>
    public ImmutableArray<int> Functions { get; init; } = [];

    public ImmutableArray<ConstantExpression> Expressions { get; init; } = [];

    public int Count => Functions.Length + Expressions.Length;

    /// <summary>Byte offset of the segment in the module.</summary>
    public required int Position { get; init; }
}
