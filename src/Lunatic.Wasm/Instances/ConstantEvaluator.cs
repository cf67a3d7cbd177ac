using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>Evaluates constant expressions of a valid module for an instance.</summary>
internal static unsafe class ConstantEvaluator
{
    /// <summary>Puts a global's initial value into its cell of two slots.</summary>
    public static void Evaluate(ConstantExpression expression, WasmStore store, InstanceContext* instance, ulong* cell)
    {
        cell[0] = Evaluate(expression, store, instance);
        // no operator computes a vector, so that it is a constant or another global's
        if (expression.Instructions is not [{ } only])
            return;
        if (only.Opcode == Opcode.V128Const)
            cell[1] = only.High;
        else if (only.Opcode == Opcode.GlobalGet)
            cell[1] = instance->Globals[(int)only.Bits][1];
    }

    /// <summary>The value of an expression of another type than v128; the low half of a v128.</summary>
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
        Opcode.GlobalGet => *instance->Globals[(int)instruction.Bits],
        Opcode.RefFunc => (ulong)store.ReferenceTo(instance, (int)instruction.Bits),
        _ => instruction.Bits,
    };
}
