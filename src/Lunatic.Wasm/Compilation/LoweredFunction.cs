namespace Lunatic.Wasm.Compilation;

/// <summary>The lowered code of one function, with what running it needs to know. Immutable.</summary>
internal sealed class LoweredFunction
{
    public required Instruction[] Instructions { get; init; }

    /// <summary>For each instruction the byte offset of its operator in the module.</summary>
    public required int[] Offsets { get; init; }

    /// <summary>Slots of parameters and locals together.</summary>
    public required int LocalSlots { get; init; }

    /// <summary>The most slots that the operand stack takes.</summary>
    public required int OperandSlots { get; init; }
}
