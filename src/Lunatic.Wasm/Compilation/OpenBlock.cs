namespace Lunatic.Wasm.Compilation;

/// <summary>A block whose end is still to come.</summary>
internal struct OpenBlock
{
    /// <summary>Index of the loop's header; only of loops.</summary>
    public int Header;

    /// <summary>First of the linked list of jumps to the block's end.</summary>
    public int JumpsToEnd;

    /// <summary>The jump over the first branch of an if, while it has no target.</summary>
    public int JumpToElse;

    /// <summary>The instruction that charges the code around the block.</summary>
    public int OuterCharge;
}
