using System.Runtime.InteropServices;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// The elements that a module's own tables start with, laid out once and shared by all instances that never write them. References to the module's own
/// functions name no instance: they mean the instance that calls through the table. Read by call_indirect and table.size alone; everything else
/// gives the instance a copy first (<see cref="WasmStore.Own"/>).
/// </summary>
internal sealed unsafe class TableImage
{
    private readonly FunctionReference* _references;
    private readonly ulong*[] _tables;

    private TableImage(int references, int tables)
    {
        _references = (FunctionReference*)NativeMemory.Alloc((nuint)Math.Max(1, references), (nuint)sizeof(FunctionReference));
        _tables = new ulong*[tables];
    }

    /// <summary>Frees the elements; instances keep their linked module.</summary>
    ~TableImage()
    {
        NativeMemory.Free(_references);
        foreach (ulong* table in _tables)
            NativeMemory.Free(table);
    }

    /// <summary>The initial elements of one of the module's own tables (numbered without the imported ones).</summary>
    public ulong* Elements(int table) => _tables[table];

    /// <summary>Builds the image, or answers null if what the tables start with depends on the instance or does not fit.</summary>
    public static TableImage? TryBuild(ModuleCode code, FunctionReference* imports)
    {
        ModuleDefinition module = code.Definition;
        if (module.Tables.Length == module.ImportedTables || !IsConstant(module))
            return null;

        List<int> functions = [.. module.ElementSegments.Where(IsActive).SelectMany(segment => segment.Functions).Where(index => index >= 0).Distinct()];
        var slots = new Dictionary<int, nint>();
        var image = new TableImage(functions.Count, module.Tables.Length - module.ImportedTables);
        for (int i = 0; i < functions.Count; i++)
        {
            int own = functions[i] - module.ImportedFunctions;
            image._references[i] = own < 0 ? imports[functions[i]] : new FunctionReference { Code = code.Functions + own };
            slots[functions[i]] = (nint)(image._references + i);
        }
        for (int table = 0; table < image._tables.Length; table++)
        {
            ulong length = module.Tables[module.ImportedTables + table].Limits.Minimum;
            image._tables[table] = (ulong*)NativeMemory.AllocZeroed((nuint)Math.Max(1, length), sizeof(ulong));
        }
        foreach (ElementSegment segment in module.ElementSegments.Where(IsActive))
        {
            ulong* elements = image._tables[segment.Table - module.ImportedTables] + (uint)segment.Offset!.Instructions[0].Bits;
            for (int i = 0; i < segment.Functions.Length; i++)
                elements[i] = segment.Functions[i] < 0 ? 0 : (ulong)slots[segment.Functions[i]];
        }
        return image;
    }

    private static bool IsActive(ElementSegment segment) => segment.Mode == SegmentMode.Active;

    // every segment at a constant place in bounds of a table of the module's own, made of functions; no table beyond what is worth sharing
    private static bool IsConstant(ModuleDefinition module)
    {
        const ulong MaxLength = 1 << 20;
        foreach (WasmTableType table in module.Tables.Skip(module.ImportedTables))
        {
            if (table.Limits.Minimum > MaxLength)
                return false;
        }
        return module.TableInitializers.All(initializer => initializer is null)
            && module.ElementSegments.Where(IsActive).All(segment =>
                segment.Table >= module.ImportedTables && segment.Expressions.IsEmpty
                && segment.Offset!.Instructions is [{ Opcode: Opcode.I32Const } offset]
                && (uint)offset.Bits + (ulong)segment.Functions.Length <= module.Tables[segment.Table].Limits.Minimum);
    }
}
