using System.Collections.Immutable;
using Lunatic.Wasm.Collections;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>What the sections read so far have brought.</summary>
internal sealed class ModuleBuilder(ReadOnlyMemory<byte> bytes, WasmFeatures features)
{
    private static readonly WasmFunctionType UnknownType = WasmFunctionType.Get([], []);

    private readonly ImmutableArray<WasmFunctionType>.Builder _functionTypes = ImmutableArray.CreateBuilder<WasmFunctionType>();

    public WasmFeatures Features { get; } = features;

    public List<TypeDefinition> Types { get; } = [];

    public List<WasmImport> Imports { get; } = [];

    public List<int> FunctionTypeIndices { get; } = [];

    public ArrayBuilder<FunctionDefinition> Functions { get; } = new();

    public List<WasmTableType> Tables { get; } = [];

    public List<int> TableOffsets { get; } = [];

    public List<ConstantExpression?> TableInitializers { get; } = [];

    public List<WasmMemoryType> Memories { get; } = [];

    public List<int> MemoryOffsets { get; } = [];

    public List<WasmGlobalType> Globals { get; } = [];

    public List<ConstantExpression> GlobalInitializers { get; } = [];

    public List<ExportEntry> Exports { get; } = [];

    public List<ElementSegment> ElementSegments { get; } = [];

    public List<DataSegment> DataSegments { get; } = [];

    public ArrayBuilder<CustomSection> CustomSections { get; } = new();

    public int ImportedFunctions { get; set; }

    public int? DataCount { get; set; }

    public int? Start { get; set; }

    public int StartOffset { get; set; }

    /// <summary>The first thing found that makes the module invalid. Told after the whole module has proved to be well-formed.</summary>
    public WasmInvalidException? Invalid { get; private set; }

    /// <summary>The first use of a feature that is off. Told when nothing else is wrong.</summary>
    public WasmInvalidException? FeatureOff { get; private set; }

    public void AddFunction(int typeIndex, int offset) => _functionTypes.Add(FunctionType(typeIndex, offset));

    /// <summary>The function type with this index; one that is not there makes the module invalid.</summary>
    public WasmFunctionType FunctionType(int typeIndex, int offset)
    {
        if ((uint)typeIndex < (uint)Types.Count && Types[typeIndex].Function is { } type)
            return type;
        AddInvalid($"unknown type {(uint)typeIndex}", offset);
        return UnknownType;
    }

    public void AddInvalid(string message, int offset) => Invalid ??= new WasmInvalidException(message, offset);

    public void Require(bool featureIsOn, string feature, int offset)
    {
        if (!featureIsOn)
            FeatureOff ??= new WasmInvalidException($"{feature} is not supported", offset);
    }

    public DecodedModule Build()
    {
        int importedTables = Imports.Count(import => import.Type is WasmTableType);
        int importedMemories = Imports.Count(import => import.Type is WasmMemoryType);
        ImmutableArray<WasmFunctionType> functionTypes = _functionTypes.ToImmutable();
        var module = new ModuleDefinition
        {
            Bytes = bytes,
            Features = Features,
            Types = [.. Types],
            Imports = [.. Imports],
            Exports = ResolveExports(functionTypes),
            FunctionTypes = functionTypes,
            Tables = [.. Tables],
            Memories = [.. Memories],
            Globals = [.. Globals],
            ImportedFunctions = ImportedFunctions,
            ImportedTables = importedTables,
            ImportedMemories = importedMemories,
            ImportedGlobals = Imports.Count(import => import.Type is WasmGlobalType),
            Functions = Functions.ToArray(),
            GlobalInitializers = [.. GlobalInitializers],
            TableInitializers = [.. TableInitializers],
            ElementSegments = [.. ElementSegments],
            DataSegments = [.. DataSegments],
            DataCount = DataCount,
            Start = Start,
            CustomSections = CustomSections.ToArray(),
            Offsets = new ModuleOffsets
            {
                Tables = [.. TableOffsets],
                Memories = [.. MemoryOffsets],
                Exports = ExportOffsets(),
                Start = StartOffset,
            },
        };
        return new DecodedModule(module, Invalid, FeatureOff);
    }

    private ImmutableArray<int> ExportOffsets()
    {
        var offsets = ImmutableArray.CreateBuilder<int>(Exports.Count);
        foreach (ExportEntry export in Exports)
            offsets.Add(export.Offset);
        return offsets.MoveToImmutable();
    }

    private ImmutableArray<WasmExport> ResolveExports(ImmutableArray<WasmFunctionType> functionTypes)
    {
        var exports = ImmutableArray.CreateBuilder<WasmExport>(Exports.Count);
        foreach (ExportEntry export in Exports)
        {
            WasmExternalType? type = export.Kind switch
            {
                ExternalKind.Function => At(functionTypes, export.Index),
                ExternalKind.Table => At(Tables, export.Index),
                ExternalKind.Memory => At(Memories, export.Index),
                _ => At(Globals, export.Index),
            };
            if (type is null)
                AddInvalid($"unknown {export.Kind.ToString().ToLowerInvariant()} {export.Index}", export.Offset);
            else
                exports.Add(new WasmExport(export.Name, type) { Index = (int)export.Index });
        }
        return exports.ToImmutable();
    }

    private static T? At<T>(IReadOnlyList<T> list, uint index)
        where T : class => index < (uint)list.Count ? list[(int)index] : null;
}
