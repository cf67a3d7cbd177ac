using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Interpretation;

/// <summary>table.get, table.set and table.grow.</summary>
internal static unsafe class TableOperations
{
    /// <summary>Executes one of them on the operands that end at <paramref name="sp"/>; a result lies where the first operand was.</summary>
    /// <returns>Why it trapped, or 0.</returns>
    public static TrapReason Execute(WasmStore store, InstanceContext* instance, Instruction* instruction, ulong* sp)
    {
        store.Own(instance, instruction->A);
        TableRecord* table = instance->Tables[instruction->A];
        if (instruction->Opcode == Opcode.TableGrow)
        {
            sp[-2] = (uint)store.GrowTable(table, (uint)sp[-1], sp[-2]);
            return 0;
        }
        ulong* operand = instruction->Opcode == Opcode.TableGet ? sp - 1 : sp - 2;
        uint index = (uint)*operand;
        if (index >= table->Length)
            return TrapReason.TableOutOfBounds;
        if (instruction->Opcode == Opcode.TableGet)
            *operand = table->Elements[index];
        else
            table->Elements[index] = sp[-1];
        return 0;
    }
}
