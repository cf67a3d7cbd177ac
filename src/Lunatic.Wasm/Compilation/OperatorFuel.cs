namespace Lunatic.Wasm.Compilation;

/// <summary>What operators cost. The reference (Wasmtime) has the same weights.</summary>
internal static class OperatorFuel
{
    /// <summary>The fuel that an operator of the source takes.</summary>
    public static int Weight(Opcode opcode) => opcode switch
    {
        Opcode.Nop or Opcode.Drop or Opcode.Block or Opcode.Loop or Opcode.Unreachable or Opcode.Return or Opcode.Else or Opcode.End => 0,
        _ => 1,
    };
}
