using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>A module with its imports resolved: what processes share. Making an instance of it is a matter of a microsecond.</summary>
public sealed class WasmLinkedModule
{
    internal WasmLinkedModule(WasmModule module, object[] imports)
    {
        Module = module;
        Code = module.Code;
        Links = new ModuleLinks(Code, imports);
    }

    /// <summary>The module.</summary>
    public WasmModule Module { get; }

    internal ModuleCode Code { get; }

    internal ModuleLinks Links { get; }

    /// <summary>
    /// Makes an instance: memories, tables, globals and segments, but does not call the start function (<see cref="WasmInstance.StartFunction"/>).
    /// </summary>
    /// <exception cref="WasmUninstantiableException">A limit refuses the instance, or a segment does not fit.</exception>
    /// <exception cref="ArgumentException">An import belongs to another store.</exception>
    public WasmInstance CreateInstance(WasmStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return InstanceFactory.Create(store, this);
    }

    /// <summary>Makes an instance and runs its start function to the end.</summary>
    /// <exception cref="WasmUninstantiableException">A limit refuses the instance, a segment does not fit, or the start function trapped.</exception>
    /// <exception cref="ArgumentException">An import belongs to another store.</exception>
    /// <exception cref="InvalidOperationException">The store is running or suspended.</exception>
    public WasmInstance Instantiate(WasmStore store)
    {
        WasmInstance instance = CreateInstance(store);
        try
        {
            instance.StartFunction?.Invoke();
        }
        catch (WasmTrapException exception)
        {
            throw new WasmUninstantiableException($"the start function trapped: {exception.Trap.Message}", exception.Trap);
        }
        return instance;
    }
}
