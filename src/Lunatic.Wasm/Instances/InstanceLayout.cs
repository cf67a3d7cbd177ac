using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// Where things lie in the one unmanaged block of an instance: the context, records of its own memories and tables, cells of its own globals, then the
/// arrays of pointers to records and cells (imported ones first) and the marks of dropped segments. Byte offsets, the same for all instances of a module.
/// </summary>
internal readonly unsafe struct InstanceLayout
{
    public InstanceLayout(ModuleDefinition module)
    {
        int end = sizeof(InstanceContext);
        Cells = Place(ref end, module.GlobalInitializers.Length, 16);
        MemoryRecords = Place(ref end, module.Memories.Length - module.ImportedMemories, sizeof(MemoryRecord));
        TableRecords = Place(ref end, module.Tables.Length - module.ImportedTables, sizeof(TableRecord));
        Memories = Place(ref end, module.Memories.Length, sizeof(nint));
        Tables = Place(ref end, module.Tables.Length, sizeof(nint));
        Globals = Place(ref end, module.Globals.Length, sizeof(nint));
        DroppedData = Place(ref end, module.DataSegments.Length, 1);
        DroppedElements = Place(ref end, module.ElementSegments.Length, 1);
        Size = end;
    }

    public int Cells { get; }

    public int MemoryRecords { get; }

    public int TableRecords { get; }

    public int Memories { get; }

    public int Tables { get; }

    public int Globals { get; }

    public int DroppedData { get; }

    public int DroppedElements { get; }

    public int Size { get; }

    private static int Place(ref int end, int count, int size)
    {
        int alignment = Math.Min(size & -size, 16);
        int start = (end + alignment - 1) & -alignment;
        end = checked(start + (count * size));
        return start;
    }
}
