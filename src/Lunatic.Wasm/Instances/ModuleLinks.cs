using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Instances;

/// <summary>What the imports of a linked module are bound to, by kind, and the table image that its instances share.</summary>
internal sealed unsafe class ModuleLinks
{
    // keeps alive what the references point to
    private readonly object[] _imports;

    public ModuleLinks(ModuleCode code, object[] imports)
    {
        _imports = imports;
        Functions = (FunctionReference*)NativeMemory.Alloc((nuint)Math.Max(1, code.Definition.ImportedFunctions), (nuint)sizeof(FunctionReference));
        int functions = 0;
        foreach (object import in imports)
        {
            switch (import)
            {
                case WasmHostFunction function:
                    Functions[functions++] = new FunctionReference { Code = function.Code };
                    break;
                case WasmFunction function:
                    Functions[functions++] = new FunctionReference { Code = function.Code, Instance = function.Context };
                    break;
            }
            Store ??= OwnerOf(import);
            if (OwnerOf(import) is WasmStore owner && owner != Store)
                throw new ArgumentException("the imports belong to different stores");
        }
        Memories = [.. imports.OfType<WasmMemory>()];
        Tables = [.. imports.OfType<WasmTable>()];
        Globals = [.. imports.OfType<WasmGlobal>()];
        Image = TableImage.TryBuild(code, Functions);
    }

    /// <summary>Frees the references; instances keep their linked module.</summary>
    ~ModuleLinks() => NativeMemory.Free(Functions);

    /// <summary>The only store that instances can be made in, if any import belongs to one.</summary>
    public WasmStore? Store { get; }

    /// <summary>The imported functions.</summary>
    public FunctionReference* Functions { get; }

    public WasmMemory[] Memories { get; }

    public WasmTable[] Tables { get; }

    public WasmGlobal[] Globals { get; }

    /// <summary>The initial elements of the module's own tables, or null where they depend on the instance.</summary>
    public TableImage? Image { get; }

    private static WasmStore? OwnerOf(object import) => import switch
    {
        WasmFunction function => function.Store,
        WasmMemory memory => memory.Store,
        WasmTable table => table.Store,
        WasmGlobal global => global.Store,
        _ => null,
    };
}
