namespace Lunatic.Wasm.Vectors;

/// <summary>What a vector operator takes off the operand stack and leaves there.</summary>
internal enum VectorForm : byte
{
    /// <summary>No such operator.</summary>
    None,

    /// <summary>An address; a vector made of what lies there.</summary>
    Load,

    /// <summary>An address and a vector; nothing.</summary>
    Store,

    /// <summary>An address and a vector; the vector with a lane from memory.</summary>
    LoadLane,

    /// <summary>An address and a vector, of which a lane is stored; nothing.</summary>
    StoreLane,

    /// <summary>Nothing; the vector of 16 immediate bytes.</summary>
    Constant,

    /// <summary>Two vectors; one of the lanes that 16 immediate bytes choose.</summary>
    Shuffle,

    /// <summary>A scalar; a vector.</summary>
    Splat,

    /// <summary>A vector; one lane as a scalar.</summary>
    ExtractLane,

    /// <summary>A vector and a scalar; a vector.</summary>
    ReplaceLane,

    /// <summary>A vector; a vector.</summary>
    Unary,

    /// <summary>Two vectors; a vector.</summary>
    Binary,

    /// <summary>Three vectors; a vector.</summary>
    Ternary,

    /// <summary>A vector and a count of type i32; a vector.</summary>
    Shift,

    /// <summary>A vector; an i32.</summary>
    Test,
}
