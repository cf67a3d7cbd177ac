namespace Lunatic.Wasm.Model;

/// <summary>A segment of bytes, which stay in the module's bytes.</summary>
internal sealed class DataSegment
{
    public required SegmentMode Mode { get; init; }

    /// <summary>The memory of an active segment.</summary>
    public int Memory { get; init; }

    /// <summary>Where an active segment goes, else null.</summary>
    public ConstantExpression? Offset { get; init; }

    /// <summary>Byte offset of the contents in the module.</summary>
    public required int Start { get; init; }

    /// <summary>Number of bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Byte offset of the segment in the module.</summary>
    public required int Position { get; init; }
}
