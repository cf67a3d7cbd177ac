namespace Lunatic.Wasm.Text;

/// <summary>What follows a mnemonic.</summary>
internal enum Immediate : byte
{
    None,

    /// <summary>A label and a block type; closed by <c>end</c>.</summary>
    Block,

    /// <summary>As <see cref="Block"/>, with an optional <c>else</c>.</summary>
    If,

    /// <summary><c>else</c>: only after the instructions of an <c>if</c>.</summary>
    Else,

    /// <summary><c>end</c>: only after the instructions of a block.</summary>
    End,

    /// <summary>A label.</summary>
    Label,

    /// <summary>One or more labels, the last being the default.</summary>
    LabelTable,

    /// <summary>A function index.</summary>
    Function,

    /// <summary>An optional table index and a type use.</summary>
    IndirectCall,

    /// <summary>A type index.</summary>
    TypeIndex,

    /// <summary>A local index.</summary>
    Local,

    /// <summary>A global index.</summary>
    Global,

    /// <summary>An optional table index.</summary>
    Table,

    /// <summary>Optional indices of the target and the source table.</summary>
    TableCopy,

    /// <summary>An optional table index and an element segment.</summary>
    TableInit,

    /// <summary>An element segment.</summary>
    Element,

    /// <summary>An optional memory index.</summary>
    Memory,

    /// <summary>Optional indices of the target and the source memory.</summary>
    MemoryCopy,

    /// <summary>An optional memory index and a data segment.</summary>
    MemoryInit,

    /// <summary>A data segment.</summary>
    Data,

    /// <summary>Memory index, offset and alignment, all optional.</summary>
    MemoryArgument,

    /// <summary>Optional result types.</summary>
    Select,

    /// <summary>A heap type.</summary>
    HeapType,

    /// <summary>An i32 constant.</summary>
    I32,

    /// <summary>An i64 constant.</summary>
    I64,

    /// <summary>An f32 constant.</summary>
    F32,

    /// <summary>An f64 constant.</summary>
    F64,

    /// <summary>A v128 constant: the shape of its lanes and their values.</summary>
    Vector,

    /// <summary>Sixteen lane indices.</summary>
    Lanes,

    /// <summary>A lane index.</summary>
    Lane,

    /// <summary>As <see cref="MemoryArgument"/>, and a lane index.</summary>
    MemoryLane,
}
