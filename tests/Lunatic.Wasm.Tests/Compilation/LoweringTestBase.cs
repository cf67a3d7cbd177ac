using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Tests.Compilation;

/// <summary>Short ways to lower a function written as text and to write lowered code down.</summary>
public abstract class LoweringTestBase
{
    /// <summary>The module's last function, lowered, an instruction a line.</summary>
    protected static string Lower(string fields)
    {
        ModuleDefinition module = Module(fields);
        LoweredFunction function = FunctionLowering.Lower(module, module.FunctionTypes.Length - 1);
        return string.Join('\n', function.Instructions.Select((instruction, index) => $"{index} {Describe(instruction)}"));
    }

    private protected static ModuleDefinition Module(string fields) => WasmModule.Parse($"(module {fields})").Definition;

    private static string Describe(Instruction instruction) => instruction.Opcode switch
    {
        Opcode.JumpUnwinding or Opcode.JumpIfUnwinding =>
            $"{instruction.Opcode} {instruction.A} carry {(int)instruction.Immediate} drop {instruction.Immediate >> 32}",
        Opcode.Jump or Opcode.JumpIf or Opcode.JumpIfZero or Opcode.JumpTable or Opcode.CallDefined or Opcode.CallImport
            or Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee => $"{instruction.Opcode} {instruction.A}",
        Opcode.Enter or Opcode.LoopHeader or Opcode.I32Const => $"{instruction.Opcode} {instruction.Immediate}",
        _ when instruction.Lane != 0 => $"{instruction.Opcode} {instruction.A} {instruction.Immediate} lane {instruction.Lane}",
        _ when instruction.A != 0 || instruction.Immediate != 0 => $"{instruction.Opcode} {instruction.A} {instruction.Immediate}",
        _ => instruction.Opcode.ToString(),
    };
}
