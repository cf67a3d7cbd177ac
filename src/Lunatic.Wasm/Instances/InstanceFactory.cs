using System.Runtime.InteropServices;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>Makes instances: one unmanaged block, a memory or two, and segments copied. No work per function.</summary>
internal static unsafe class InstanceFactory
{
    // what Memory0 points to in instances without a memory
    private static readonly MemoryRecord* NoMemory = (MemoryRecord*)NativeMemory.AllocZeroed((nuint)sizeof(MemoryRecord));

    /// <exception cref="WasmUninstantiableException">A limit refuses the instance, or a segment does not fit.</exception>
    public static WasmInstance Create(WasmStore store, WasmLinkedModule linked)
    {
        store.CheckUsable();
        if (linked.Links.Store is WasmStore owner && owner != store)
            throw new ArgumentException("an import belongs to another store", nameof(store));

        ModuleCode code = linked.Code;
        // what a limit refuses counts for nothing: all elements are asked for first, then the memories
        long elements = ReserveElements(store, code.Definition);
        InstanceContext* context = Allocate(store, linked);
        WasmMemory[] memories = CreateMemories(store, linked, context, elements);
        context->Memory0 = memories.Length > 0 ? memories[0].Record : NoMemory;
        context->ExportedMemory = code.ExportedMemory >= 0 ? memories[code.ExportedMemory].Record : null;
        BindTables(linked, context);

        // from here on the store owns it, so that what a failing segment leaves behind in shared tables stays callable
        var instance = new WasmInstance(store, linked, context, memories);
        store.Adopt(instance);
        CreateTables(linked, context);
        CreateGlobals(store, linked, context);
        Segments.Initialize(store, instance);
        return instance;
    }

    /// <summary>Frees an instance's own memories and tables and its block.</summary>
    public static void Release(WasmInstance instance)
    {
        ModuleDefinition module = instance.Code.Definition;
        InstanceContext* context = instance.Context;
        for (int i = module.ImportedMemories; i < module.Memories.Length; i++)
            instance.MemoryAt(i).Release();
        for (int i = module.ImportedTables; i < module.Tables.Length; i++)
            TableElements.Release(context->Tables[i]);
        NativeMemory.Free(context->References);
        NativeMemory.AlignedFree(context);
    }

    private static InstanceContext* Allocate(WasmStore store, WasmLinkedModule linked)
    {
        InstanceLayout layout = linked.Code.Layout;
        var block = (byte*)NativeMemory.AlignedAlloc((nuint)layout.Size, 16);
        new Span<byte>(block, layout.Size).Clear();
        var context = (InstanceContext*)block;
        context->Store = store.Context;
        context->Calls.Fuel = CallState.Inactive;
        context->Memories = (MemoryRecord**)(block + layout.Memories);
        context->Tables = (TableRecord**)(block + layout.Tables);
        context->Globals = (ulong**)(block + layout.Globals);
        context->Imports = linked.Links.Functions;
        context->Functions = linked.Code.Functions;
        context->DroppedData = block + layout.DroppedData;
        context->DroppedElements = block + layout.DroppedElements;
        return context;
    }

    private static WasmMemory[] CreateMemories(WasmStore store, WasmLinkedModule linked, InstanceContext* context, long reservedElements)
    {
        ModuleDefinition module = linked.Code.Definition;
        if (module.Memories.IsEmpty)
            return [];
        var memories = new WasmMemory[module.Memories.Length];
        var records = (MemoryRecord*)((byte*)context + linked.Code.Layout.MemoryRecords);
        for (int i = 0; i < memories.Length; i++)
        {
            int own = i - module.ImportedMemories;
            WasmMemory? memory = own < 0 ? linked.Links.Memories[i] : WasmMemory.TryCreate(store, module.Memories[i], records + own);
            if (memory is null)
            {
                for (int k = module.ImportedMemories; k < i; k++)
                {
                    store.ReturnMemory(memories[k].Length);
                    memories[k].Release();
                }
                store.ReturnElements(reservedElements);
                NativeMemory.AlignedFree(context);
                throw new WasmUninstantiableException(
                    $"a memory of {module.Memories[i].Limits.Minimum} pages is refused: over the limit of {store.Options.MaxMemoryBytes} bytes, or out of memory");
            }
            memories[i] = memory;
            context->Memories[i] = memory.Record;
        }
        return memories;
    }

    private static void BindTables(WasmLinkedModule linked, InstanceContext* context)
    {
        ModuleDefinition module = linked.Code.Definition;
        var records = (TableRecord*)((byte*)context + linked.Code.Layout.TableRecords);
        for (int i = 0; i < module.Tables.Length; i++)
            context->Tables[i] = i < module.ImportedTables ? linked.Links.Tables[i].Record : records + (i - module.ImportedTables);
    }

    private static long ReserveElements(WasmStore store, ModuleDefinition module)
    {
        ulong elements = 0;
        for (int i = module.ImportedTables; i < module.Tables.Length; i++)
            elements += Math.Min(module.Tables[i].Limits.Minimum, ulong.MaxValue - elements);
        if (elements > int.MaxValue || !store.TryReserveElements((long)elements))
        {
            string tables = module.Tables.Length - module.ImportedTables == 1 ? "a table" : "tables";
            throw new WasmUninstantiableException($"{tables} of {elements} elements: over the limit of {store.Options.MaxTableElements}");
        }
        return (long)elements;
    }

    private static void CreateTables(WasmLinkedModule linked, InstanceContext* context)
    {
        ModuleDefinition module = linked.Code.Definition;
        for (int i = module.ImportedTables; i < module.Tables.Length; i++)
        {
            WasmLimits limits = module.Tables[i].Limits;
            TableRecord* record = context->Tables[i];
            long maximum = (long)Math.Min(limits.Maximum ?? uint.MaxValue, uint.MaxValue);
            if (linked.Links.Image is not TableImage image)
            {
                TableElements.Initialize(record, (long)limits.Minimum, maximum);
                continue;
            }
            record->Elements = image.Elements(i - module.ImportedTables);
            record->Length = (long)limits.Minimum;
            record->Maximum = maximum;
        }
    }

    private static void CreateGlobals(WasmStore store, WasmLinkedModule linked, InstanceContext* context)
    {
        ModuleDefinition module = linked.Code.Definition;
        for (int i = 0; i < module.ImportedGlobals; i++)
            context->Globals[i] = linked.Links.Globals[i].Cell;
        var cells = (ulong*)((byte*)context + linked.Code.Layout.Cells);
        for (int i = 0; i < module.GlobalInitializers.Length; i++, cells += 2)
        {
            context->Globals[module.ImportedGlobals + i] = cells;
            ConstantEvaluator.Evaluate(module.GlobalInitializers[i], store, context, cells);
        }
        // initial elements may name globals, so they come after them
        for (int i = 0; i < module.TableInitializers.Length; i++)
        {
            if (module.TableInitializers[i] is ConstantExpression initializer)
            {
                TableRecord* table = context->Tables[module.ImportedTables + i];
                new Span<ulong>(table->Elements, (int)table->Length).Fill(ConstantEvaluator.Evaluate(initializer, store, context));
            }
        }
    }
}
