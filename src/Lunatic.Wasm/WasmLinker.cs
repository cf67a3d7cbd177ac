using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>
/// Names to what modules can import under them: host functions, and what instances export. To be filled by one thread; free to be used by any number afterwards.
/// A later definition of a name replaces the earlier one.
/// </summary>
public sealed class WasmLinker
{
    private readonly Dictionary<(string Module, string Name), object> _definitions = [];

    /// <summary>Defines a host function.</summary>
    public WasmLinker Define(string module, string name, WasmHostFunction function) => Add(module, name, function);

    /// <summary>Defines a host function from a delegate: see <see cref="WasmHostFunction.FromDelegate"/>.</summary>
    /// <exception cref="ArgumentException">A parameter or result of the delegate has a type that no WebAssembly type stands for.</exception>
    public WasmLinker Define(string module, string name, Delegate function) => Add(module, name, WasmHostFunction.FromDelegate(function));

    /// <summary>Defines a function of an instance. Modules linked with it can be instantiated in its store only; the same goes for memories, tables and globals.</summary>
    public WasmLinker Define(string module, string name, WasmFunction function) => Add(module, name, function);

    /// <summary>Defines a memory.</summary>
    public WasmLinker Define(string module, string name, WasmMemory memory) => Add(module, name, memory);

    /// <summary>Defines a table.</summary>
    public WasmLinker Define(string module, string name, WasmTable table) => Add(module, name, table);

    /// <summary>Defines a global.</summary>
    public WasmLinker Define(string module, string name, WasmGlobal global) => Add(module, name, global);

    /// <summary>Defines everything that an instance exports, under the exports' names.</summary>
    public WasmLinker Define(string module, WasmInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        foreach (WasmExport export in instance.Module.Exports)
        {
            object? exported = export.Type switch
            {
                WasmFunctionType => instance.GetFunction(export.Name),
                WasmMemoryType => instance.GetMemory(export.Name),
                WasmTableType => instance.GetTable(export.Name),
                _ => instance.GetGlobal(export.Name),
            };
            Add(module, export.Name, exported!);
        }
        return this;
    }

    /// <summary>Resolves and checks the module's imports.</summary>
    /// <exception cref="WasmUnlinkableException">An import is unknown or of another type than the module wants.</exception>
    public WasmLinkedModule Link(WasmModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var imports = new object[module.Imports.Count];
        for (int i = 0; i < imports.Length; i++)
        {
            WasmImport import = module.Imports[i];
            if (!_definitions.TryGetValue((import.Module, import.Name), out object? definition))
                throw new WasmUnlinkableException("unknown import", import.Module, import.Name);
            ImportMatching.Check(import, definition);
            imports[i] = definition;
        }
        return new WasmLinkedModule(module, imports);
    }

    /// <summary>Links the module, instantiates it and runs its start function.</summary>
    /// <exception cref="WasmUnlinkableException">An import is unknown or of another type than the module wants.</exception>
    /// <exception cref="WasmUninstantiableException">A limit refuses the instance, a segment does not fit, or the start function trapped.</exception>
    public WasmInstance Instantiate(WasmStore store, WasmModule module) => Link(module).Instantiate(store);

    private WasmLinker Add(string module, string name, object definition)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(definition);
        _definitions[(module, name)] = definition;
        return this;
    }
}
