using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances;

/// <summary>The memory of a table's elements, where the table does not share an image. Counting against limits is the store's.</summary>
internal static unsafe class TableElements
{
    /// <summary>Gives a table null elements of its own.</summary>
    public static void Initialize(TableRecord* table, long length, long maximum)
    {
        long capacity = Math.Max(1, length);
        table->Elements = (ulong*)NativeMemory.AllocZeroed((nuint)capacity, sizeof(ulong));
        table->Length = length;
        table->Capacity = capacity;
        table->Maximum = maximum;
    }

    public static void Grow(TableRecord* table, long count, ulong value)
    {
        long length = table->Length + count;
        if (length > table->Capacity)
        {
            long capacity = Math.Max(length, Math.Min(2 * table->Capacity, table->Maximum));
            table->Elements = (ulong*)NativeMemory.Realloc(table->Elements, (nuint)capacity * sizeof(ulong));
            table->Capacity = capacity;
        }
        for (long i = table->Length; i < length; i++)
            table->Elements[i] = value;
        table->Length = length;
    }

    public static void Release(TableRecord* table)
    {
        if (table->Capacity > 0)
            NativeMemory.Free(table->Elements);
        *table = default;
    }
}
