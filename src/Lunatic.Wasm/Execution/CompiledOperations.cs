using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Interpretation;

namespace Lunatic.Wasm.Execution;

/// <summary>Operators on memories and tables that generated code leaves to methods. Results beyond the returned one lie in the context's result area.</summary>
internal static unsafe class CompiledOperations
{
    /// <summary>What <see cref="Bulk"/> returns when the slice has to end.</summary>
    private const int ComeOut = -1;

    private const int MaxShort = 64 << 10;

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

    /// <summary>Copies few bytes inside memory 0.</summary>
    /// <returns>False if that is left to <see cref="Bulk"/>: they are many, not all inside, or the slice is about to end.</returns>
    public static bool TryCopyShort(InstanceContext* instance, int target, int source, int count)
    {
        MemoryRecord* memory = instance->Memory0;
        if (!IsShort(instance, count) || (uint)target > memory->Length - count || (uint)source > memory->Length - count)
            return false;
        new ReadOnlySpan<byte>(memory->Base + (uint)source, count).CopyTo(new Span<byte>(memory->Base + (uint)target, count));
        return true;
    }

    /// <summary>Fills few bytes of memory 0.</summary>
    /// <returns>False if that is left to <see cref="Bulk"/>.</returns>
    public static bool TryFillShort(InstanceContext* instance, int target, int value, int count)
    {
        MemoryRecord* memory = instance->Memory0;
        if (!IsShort(instance, count) || (uint)target > memory->Length - count)
            return false;
        new Span<byte>(memory->Base + (uint)target, count).Fill((byte)value);
        return true;
    }

    // a guest that comes out at every site has nothing left to grant
    private static bool IsShort(InstanceContext* instance, int count) => (uint)count <= MaxShort && instance->Store->SliceLeft > 0;

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
