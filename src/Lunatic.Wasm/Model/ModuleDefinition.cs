using System.Collections.Immutable;

namespace Lunatic.Wasm.Model;

/// <summary>
/// A module as it was decoded: immutable, names resolved to types, function bodies and data still in <see cref="Bytes"/>.
/// Index spaces hold imports first, as the specification numbers them.
/// </summary>
internal sealed class ModuleDefinition
{
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public required WasmFeatures Features { get; init; }

    public required ImmutableArray<TypeDefinition> Types { get; init; }

    public required ImmutableArray<WasmImport> Imports { get; init; }

    public required ImmutableArray<WasmExport> Exports { get; init; }

    /// <summary>Types of all functions, imported ones first.</summary>
    public required ImmutableArray<WasmFunctionType> FunctionTypes { get; init; }

    /// <summary>All tables, imported ones first.</summary>
    public required ImmutableArray<WasmTableType> Tables { get; init; }

    /// <summary>All memories, imported ones first.</summary>
    public required ImmutableArray<WasmMemoryType> Memories { get; init; }

    /// <summary>All globals, imported ones first.</summary>
    public required ImmutableArray<WasmGlobalType> Globals { get; init; }

    public required int ImportedFunctions { get; init; }

    public required int ImportedTables { get; init; }

    public required int ImportedMemories { get; init; }

    public required int ImportedGlobals { get; init; }

    /// <summary>The module's own functions: function index - <see cref="ImportedFunctions"/>.</summary>
    public required FunctionDefinition[] Functions { get; init; }

    /// <summary>Initial values of the module's own globals: global index - <see cref="ImportedGlobals"/>.</summary>
    public required ImmutableArray<ConstantExpression> GlobalInitializers { get; init; }

    /// <summary>Initial elements of the module's own tables, null where they start as null: table index - <see cref="ImportedTables"/>.</summary>
    public required ImmutableArray<ConstantExpression?> TableInitializers { get; init; }

    public required ImmutableArray<ElementSegment> ElementSegments { get; init; }

    public required ImmutableArray<DataSegment> DataSegments { get; init; }

    /// <summary>What the data count section says, or null without one.</summary>
    public required int? DataCount { get; init; }

    /// <summary>Index of the start function, or null.</summary>
    public required int? Start { get; init; }

    public required CustomSection[] CustomSections { get; init; }

    /// <summary>Where the entries of sections lie, for messages.</summary>
    public required ModuleOffsets Offsets { get; init; }

    public ReadOnlySpan<byte> Data(DataSegment segment) => Bytes.Span.Slice(segment.Start, segment.Length);
}
