using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>Evaluates constant expressions of a valid module for an instance.</summary>
internal static unsafe class ConstantEvaluator
{
    public static ulong Evaluate(ConstantExpression expression, WasmStore store, InstanceContext* instance)
    {
        if (expression.Instructions is [{ } only])
            return ValueOf(only, store, instance);
        var stack = new Stack<ulong>();
        foreach (ConstantInstruction instruction in expression.Instructions)
            stack.Push(IsArithmetic(instruction.Opcode) ? Compute(instruction.Opcode, stack.Pop(), stack.Pop()) : ValueOf(instruction, store, instance));
        return stack.Pop();
    }

    private static bool IsArithmetic(Opcode opcode) =>
        opcode is Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul;

    private static ulong Compute(Opcode opcode, ulong right, ulong left) => opcode switch
    {
        Opcode.I32Add => (uint)(left + right),
        Opcode.I32Sub => (uint)(left - right),
        Opcode.I32Mul => (uint)(left * right),
        Opcode.I64Add => left + right,
        Opcode.I64Sub => left - right,
        _ => left * right,
    };

    private static ulong ValueOf(ConstantInstruction instruction, WasmStore store, InstanceContext* instance) => instruction.Opcode switch
    {
        Opcode.GlobalGet => *instance->Globals[instruction.Bits],
        Opcode.RefFunc => (ulong)store.ReferenceTo(instance, (int)instruction.Bits),
        _ => instruction.Bits,
    };
}
