using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>
/// Binds the imports of modules to the host API of the generation that they speak, once per module. Functions that are not allowed link as well, and trap when they
/// are called: a module that never calls them runs.
/// </summary>
/// <param name="rights">What the guests may call.</param>
internal sealed class HostApiLinker(HostRights rights)
{
    private readonly ConcurrentDictionary<HostApiGeneration, WasmLinker> _linkers = new();
    private readonly ConditionalWeakTable<LunaticModule, WasmLinkedModule> _linked = [];

    /// <summary>For guests that may use everything.</summary>
    public static HostApiLinker Unrestricted { get; } = new(new HostRights(NamespaceList.All()));

    /// <summary>What the guests may call.</summary>
    public HostRights Rights => rights;

    /// <summary>The module with its imports bound.</summary>
    /// <exception cref="WasmUnlinkableException">An import is not provided, or has another type; the text names it.</exception>
    public WasmLinkedModule Link(LunaticModule module) =>
        _linked.GetValue(module, module => _linkers.GetOrAdd(module.Generation, Create).Link(module.Wasm));

    private WasmLinker Create(HostApiGeneration generation)
    {
        var linker = new WasmLinker();
        foreach (HostNamespace table in HostApiGenerations.NamespacesOf(generation))
        {
            foreach (HostFunction function in table.Functions)
            {
                string name = $"{table.Name}::{function.Name}";
                linker.Define(table.Name, function.Name, rights.Allows(table.Name, function.Name) ? function.Bind(name) : new WasmHostFunction(function.Type, Deny) { Name = name });
            }
        }
        return linker;
    }

    private static void Deny(WasmCaller caller, Span<ulong> slots) => caller.Trap("the function is not allowed in this environment");
}
