namespace Lunatic.Wasm.Interpretation;

/// <summary>How far a bulk operation came.</summary>
internal enum BulkProgress
{
    /// <summary>It is done.</summary>
    Done,
    /// <summary>A piece is done, and its operands say what is left: the slice ends, the operation is executed again.</summary>
    More,
    /// <summary>It trapped, before it wrote anything.</summary>
    Trapped,
}
