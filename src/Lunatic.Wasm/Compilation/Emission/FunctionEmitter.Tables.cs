using System.Reflection;
using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

// references, tables, segments and bulk operations: the work is done by methods of the runtime
internal sealed unsafe partial class FunctionEmitter
{
    private void EmitBulkOrTable(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        switch (instruction.Opcode)
        {
            case Opcode.RefFunc:
                EmitCallToRuntime(RuntimeMethods.ReferenceTo, StackType.I64, instruction.A);
                break;
            case Opcode.TableSize:
                EmitCallToRuntime(RuntimeMethods.TableSize, StackType.I32, instruction.A);
                break;
            case Opcode.TableGrow:
                Value count = ToVariable(Pop());
                Value element = ToVariable(Pop());
                EmitCallToRuntime(RuntimeMethods.TableGrow, StackType.I32, instruction.A, element, count);
                break;
            case Opcode.TableGet:
                EmitCallToRuntime(RuntimeMethods.TableGet, StackType.I32, instruction.A, ToVariable(Pop()));
                EmitTrapFor(i, Pop().Variable!);
                Variable result = NewVariable(StackType.I64);
                LoadResults([result]);
                Push(Value.Of(result));
                break;
            case Opcode.TableSet:
                element = ToVariable(Pop());
                EmitCallToRuntime(RuntimeMethods.TableSet, StackType.I32, instruction.A, ToVariable(Pop()), element);
                EmitTrapFor(i, Pop().Variable!);
                break;
            case Opcode.DataDrop:
                EmitDrop(ContextFields.DroppedData, instruction.A);
                break;
            case Opcode.ElemDrop:
                EmitDrop(ContextFields.DroppedElements, instruction.A);
                break;
            default:
                EmitBulk(i);
                break;
        }
    }

    /// <summary>Calls a method with the instance, an index of the instruction and operands, and pushes its result.</summary>
    private void EmitCallToRuntime(MethodInfo method, StackType type, int index, params Value[] operands)
    {
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, index);
        foreach (Value operand in operands)
            Evaluate(operand);
        _il.Emit(OpCodes.Call, method);
        Variable result = NewVariable(type);
        Assign(result);
        Push(Value.Of(result));
    }

    private void EmitDrop(int marks, int segment)
    {
        LoadField(OpCodes.Ldarg_0, marks, OpCodes.Ldind_I);
        EmitOffset(segment);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Stind_I1);
    }

    // the operands are variables that the operation advances, piece by piece; between pieces the frame is saved as it is before the instruction
    private void EmitBulk(int i)
    {
        var operands = new Variable[3];
        for (int k = 2; k >= 0; k--)
        {
            Value value = Pop();
            operands[k] = NewVariable(value.Type);
            Evaluate(value);
            Assign(operands[k]);
        }
        SpillExpressions();
        Label done = _il.DefineLabel();
        EmitShortBulk(i, operands, done);
        foreach (Variable operand in operands)
            Push(Value.Of(operand));
        Site site = AddSite(SiteKind.Bulk, i);
        _il.MarkLabel(site.Continue);

        LoadStoreField(ContextFields.Results, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _pointer);
        for (int k = 0; k < operands.Length; k++)
            SaveSlot(k * sizeof(ulong), Value.Of(operands[k]));
        _il.Emit(OpCodes.Ldarg_0);
        EmitPointer(_code->Instructions + i);
        _il.Emit(OpCodes.Call, RuntimeMethods.Bulk);
        Variable outcome = NewVariable(StackType.I32);
        Assign(outcome);
        LoadResults(operands);
        Load(outcome);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Blt, site.Save);
        EmitTrapFor(i, outcome);
        _il.MarkLabel(done);
        _stack.RemoveRange(_stack.Count - operands.Length, operands.Length);
    }

    // what guests mostly do: a few bytes in the first memory
    private void EmitShortBulk(int i, Variable[] operands, Label done)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        if (instruction.Opcode is not (Opcode.MemoryCopy or Opcode.MemoryFill) || instruction.A != 0 || instruction.Immediate != 0)
            return;
        _il.Emit(OpCodes.Ldarg_0);
        foreach (Variable operand in operands)
            Load(operand);
        _il.Emit(OpCodes.Call, instruction.Opcode == Opcode.MemoryCopy ? RuntimeMethods.TryCopyShort : RuntimeMethods.TryFillShort);
        _il.Emit(OpCodes.Brtrue, done);
    }
}
