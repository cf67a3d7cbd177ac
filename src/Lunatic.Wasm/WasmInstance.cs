using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm;

/// <summary>An instance of a module. Belongs to a store, ends with it.</summary>
public sealed unsafe class WasmInstance
{
    private readonly WasmMemory[] _memories;

    internal WasmInstance(WasmStore store, WasmLinkedModule linked, InstanceContext* context, WasmMemory[] memories)
    {
        Store = store;
        Linked = linked;
        Context = context;
        _memories = memories;
    }

    /// <summary>The module that this is an instance of.</summary>
    public WasmModule Module => Linked.Module;

    /// <summary>The store that the instance belongs to.</summary>
    public WasmStore Store { get; }

    /// <summary>The module's start function, or null. <see cref="WasmLinkedModule.CreateInstance"/> leaves calling it to its caller.</summary>
    public WasmFunction? StartFunction => Code.Definition.Start is int index ? FunctionAt(index) : null;

    internal WasmLinkedModule Linked { get; }

    internal ModuleCode Code => Linked.Code;

    internal InstanceContext* Context { get; }

    /// <summary>An exported function, or null where there is none of the name.</summary>
    public WasmFunction? GetFunction(string name) => Find(name, ExternalKind.Function) is int index ? FunctionAt(index) : null;

    /// <summary>An exported memory, or null where there is none of the name.</summary>
    public WasmMemory? GetMemory(string name) => Find(name, ExternalKind.Memory) is int index ? _memories[index] : null;

    /// <summary>An exported global, or null where there is none of the name.</summary>
    public WasmGlobal? GetGlobal(string name) =>
        Find(name, ExternalKind.Global) is int index ? new WasmGlobal(Store, Code.Definition.Globals[index], Context->Globals[index]) : null;

    /// <summary>An exported table, or null where there is none of the name.</summary>
    public WasmTable? GetTable(string name)
    {
        if (Find(name, ExternalKind.Table) is not int index)
            return null;
        Store.Own(Context, index);
        return new WasmTable(Store, Code.Definition.Tables[index], Context->Tables[index]);
    }

    /// <summary>Calls an exported function and runs it to its end.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its results.</returns>
    /// <exception cref="ArgumentException">There is no such function, or number or types of the arguments are wrong.</exception>
    /// <exception cref="WasmTrapException">The guest trapped.</exception>
    /// <exception cref="WasmExitException">The guest ended itself with an exit code.</exception>
    /// <exception cref="InvalidOperationException">The store is running or suspended, or the guest came to a host function that has to wait.</exception>
    public WasmValue[] Invoke(string name, params ReadOnlySpan<WasmValue> arguments) => Demand(name).Invoke(arguments);

    /// <summary>Calls an exported function and runs it to its end, awaiting what Task-returning host functions return.</summary>
    /// <inheritdoc cref="Invoke"/>
    public Task<WasmValue[]> InvokeAsync(string name, params WasmValue[] arguments) => Demand(name).InvokeAsync(arguments);

    internal WasmMemory MemoryAt(int index) => _memories[index];

    internal WasmFunction FunctionAt(int index)
    {
        Store.CheckUsable();
        WasmFunctionType type = Code.Definition.FunctionTypes[index];
        int imported = Code.Definition.ImportedFunctions;
        return index < imported
            ? new WasmFunction(Store, type, Context->Imports[index].Code, Context->Imports[index].Instance)
            : new WasmFunction(Store, type, Context->Functions + (index - imported), Context);
    }

    private WasmFunction Demand(string name) =>
        GetFunction(name) ?? throw new ArgumentException($"the module exports no function \"{name}\"", nameof(name));

    private int? Find(string name, ExternalKind kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        Store.CheckUsable();
        return Code.FindExport(name, kind);
    }
}
