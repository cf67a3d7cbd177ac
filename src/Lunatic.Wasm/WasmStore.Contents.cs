using System.Runtime.InteropServices;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

// what a store holds: instances, memories, tables and cells, and the limits they share
public sealed unsafe partial class WasmStore
{
    private WasmInstance[] _instances = [];
    private int _instanceCount;
    private List<WasmMemory>? _hostMemories;
    private List<nint>? _hostTables;
    private List<nint>? _cells;
    private long _memoryBytes;
    private long _tableElements;

    /// <summary>Bytes that the store's linear memories have together.</summary>
    public long MemoryBytes => _memoryBytes;

    internal WasmInstance InstanceOf(InstanceContext* context) => _instances[context->Index];

    /// <summary>Takes an instance in; its block and memories are the store's from now on.</summary>
    internal void Adopt(WasmInstance instance)
    {
        if (_instanceCount == _instances.Length)
            Array.Resize(ref _instances, Math.Max(1, 2 * _instanceCount));
        instance.Context->Index = _instanceCount;
        _instances[_instanceCount++] = instance;
    }

    internal void Adopt(WasmMemory memory) => (_hostMemories ??= []).Add(memory);

    /// <summary>Counts memory against the limit.</summary>
    internal bool TryReserveMemory(long bytes)
    {
        if (bytes > Options.MaxMemoryBytes - _memoryBytes)
            return false;
        _memoryBytes += bytes;
        return true;
    }

    internal void ReturnMemory(long bytes) => _memoryBytes -= bytes;

    /// <summary>Counts table elements against the limit.</summary>
    internal bool TryReserveElements(long count)
    {
        if (count > Options.MaxTableElements - _tableElements)
            return false;
        _tableElements += count;
        return true;
    }

    internal void ReturnElements(long count) => _tableElements -= count;

    /// <summary>A table of the host's.</summary>
    internal TableRecord* AllocateTable(long length, long maximum)
    {
        if (!TryReserveElements(length))
            throw new InvalidOperationException($"a table of {length} elements is beyond the store's limit of {Options.MaxTableElements}");
        var record = (TableRecord*)NativeMemory.AllocZeroed((nuint)sizeof(TableRecord));
        TableElements.Initialize(record, length, maximum);
        (_hostTables ??= []).Add((nint)record);
        return record;
    }

    /// <summary>Sixteen zeroed bytes that stay as long as the store: a host's global or a reference to a host function.</summary>
    internal ulong* AllocateCell()
    {
        var cell = (ulong*)NativeMemory.AllocZeroed(2, sizeof(ulong));
        (_cells ??= []).Add((nint)cell);
        return cell;
    }

    /// <summary>table.grow.</summary>
    /// <returns>The length before, or -1 if a limit refuses.</returns>
    internal long GrowTable(TableRecord* table, long count, ulong value)
    {
        long length = table->Length;
        if (count > table->Maximum - length || !TryReserveElements(count))
            return -1;
        TableElements.Grow(table, count, value);
        return length;
    }

    /// <summary>Gives an instance its own copy of a table that it shares with others as an image, before anything but a call reads or writes it.</summary>
    internal void Own(InstanceContext* instance, int table)
    {
        TableRecord* record = instance->Tables[table];
        if (record->Capacity > 0)
            return;
        ulong* image = record->Elements;
        TableElements.Initialize(record, record->Length, record->Maximum);
        for (long i = 0; i < record->Length; i++)
        {
            var reference = (FunctionReference*)image[i];
            bool isOwn = reference != null && reference->Code->Kind == FunctionKind.Guest && reference->Instance == null;
            record->Elements[i] = isOwn ? (ulong)ReferenceTo(instance, reference->Code->Index) : (ulong)reference;
        }
    }

    /// <summary>The reference to a function of an instance (imports first).</summary>
    internal FunctionReference* ReferenceTo(InstanceContext* instance, int function)
    {
        if (instance->References == null)
        {
            Model.ModuleDefinition module = InstanceOf(instance).Code.Definition;
            instance->References = (FunctionReference*)NativeMemory.Alloc((nuint)module.FunctionTypes.Length, (nuint)sizeof(FunctionReference));
            for (int i = 0; i < module.FunctionTypes.Length; i++)
            {
                int own = i - module.ImportedFunctions;
                instance->References[i] = own < 0
                    ? instance->Imports[i]
                    : new FunctionReference { Code = instance->Functions + own, Instance = instance };
            }
        }
        return instance->References + function;
    }

    private void ReleaseInstances()
    {
        for (int i = 0; i < _instanceCount; i++)
            InstanceFactory.Release(_instances[i]);
        foreach (WasmMemory memory in _hostMemories ?? [])
            memory.Release();
        foreach (nint table in _hostTables ?? [])
        {
            TableElements.Release((TableRecord*)table);
            NativeMemory.Free((void*)table);
        }
        foreach (nint cell in _cells ?? [])
            NativeMemory.Free((void*)cell);
        _instances = [];
        _instanceCount = 0;
    }
}
