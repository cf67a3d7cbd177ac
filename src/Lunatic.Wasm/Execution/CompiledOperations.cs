using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Interpretation;

namespace Lunatic.Wasm.Execution;

/// <summary>Operators on memories and tables that generated code leaves to methods. Results beyond the returned one lie in the context's result area.</summary>
internal static unsafe class CompiledOperations
{
    /// <summary>What <see cref="Bulk"/> returns when the slice has to end.</summary>
    private const int ComeOut = -1;

    private static WasmStore Store => SaveArea.OfThread.Store!;

    public static int MemorySize(InstanceContext* instance, int memory) => (int)(instance->Memories[memory]->Length / WasmMemoryType.PageSize);

    public static int MemoryGrow(InstanceContext* instance, int memory, int pages) => (int)MemoryOperations.Grow(Store, instance, memory, (uint)pages);

    public static int TableSize(InstanceContext* instance, int table) => (int)instance->Tables[table]->Length;

    public static int TableGrow(InstanceContext* instance, int table, long value, int count)
    {
        WasmStore store = Store;
        store.Own(instance, table);
        return (int)store.GrowTable(instance->Tables[table], (uint)count, (ulong)value);
    }

    /// <summary>Puts the element into the result area.</summary>
    public static TrapReason TableGet(InstanceContext* instance, int table, int index)
    {
        Store.Own(instance, table);
        TableRecord* record = instance->Tables[table];
        if ((uint)index >= record->Length)
            return TrapReason.TableOutOfBounds;
        *instance->Store->Results = record->Elements[(uint)index];
        return 0;
    }

    public static TrapReason TableSet(InstanceContext* instance, int table, int index, long value)
    {
        Store.Own(instance, table);
        TableRecord* record = instance->Tables[table];
        if ((uint)index >= record->Length)
            return TrapReason.TableOutOfBounds;
        record->Elements[(uint)index] = (ulong)value;
        return 0;
    }

    public static long ReferenceTo(InstanceContext* instance, int function) => (long)Store.ReferenceTo(instance, function);

    /// <summary>Does a piece of a bulk operation whose operands lie in the result area, and are advanced there.</summary>
    /// <returns>0 if it is done, less if the slice has to end before it goes on, else the reason of a trap.</returns>
    public static int Bulk(InstanceContext* instance, Instruction* instruction)
    {
        WasmStore store = Store;
        if (store.SuspendAtEverySite && !store.CarriesOperationOn)
        {
            store.CarriesOperationOn = true;
            return ComeOut;
        }
        store.CarriesOperationOn = false;
        switch (BulkOperations.Execute(store, instance, instruction, instance->Store->Results + 3, out TrapReason reason))
        {
            case BulkProgress.Done:
                return 0;
            case BulkProgress.More:
                store.CarriesOperationOn = true;
                return ComeOut;
            default:
                return (int)reason;
        }
    }
}
