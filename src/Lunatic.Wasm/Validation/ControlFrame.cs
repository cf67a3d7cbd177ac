using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Validation;

/// <summary>A block that is open in the function under validation. The outermost one is the function.</summary>
internal struct ControlFrame
{
    /// <summary>Block, Loop, If or Else; the function itself is a Block.</summary>
    public Opcode Opcode;

    public WasmFunctionType Type;

    /// <summary>Operands below the block's parameters, and the slots they take.</summary>
    public int Height;
    public int HeightSlots;

    /// <summary>Whether the rest of the block cannot be reached, so that its operand stack is polymorphic (as the specification's algorithm has it).</summary>
    public bool Unreachable;

    /// <summary>Whether control ever comes to the block's begin.</summary>
    public bool Live;

    /// <summary>Whether a branch that can be reached has this block as its target.</summary>
    public bool Targeted;

    /// <summary>Number of locals that were initialised when the block began; only non-defaultable ones count.</summary>
    public int InitializedHeight;

    /// <summary>Offset of the last br_table that was found to fit this label, so that a table's targets cost their arity only once each.</summary>
    public int CheckedTable;
}
