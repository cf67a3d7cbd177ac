using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Lunatic.Runtime.HostApi.Application;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>
/// Binds the imports of modules to the host API of the generation that they speak, once per module. Functions that are not allowed link as well, and trap when they
/// are called: a module that never calls them runs.
/// </summary>
/// <param name="rights">What the guests may call.</param>
/// <param name="application">The application's host functions.</param>
internal sealed class HostApiLinker(HostRights rights, ImmutableArray<ApplicationFunction> application)
{
    // several modules share what guests import of one function
    private readonly ConcurrentDictionary<HostFunction, WasmHostFunction> _bound = new();
    private readonly ConditionalWeakTable<LunaticModule, WasmLinkedModule> _linked = [];

    /// <summary>For guests that may use everything, of an application without host functions of its own.</summary>
    public static HostApiLinker Unrestricted { get; } = new(new HostRights(NamespaceList.All()), []);

    /// <summary>What the guests may call.</summary>
    public HostRights Rights => rights;

    /// <summary>The application's host functions.</summary>
    public ImmutableArray<ApplicationFunction> Application => application;

    /// <summary>The module with its imports bound.</summary>
    /// <exception cref="WasmUnlinkableException">An import is not provided, or has another type; the text names it.</exception>
    public WasmLinkedModule Link(LunaticModule module) =>
        _linked.GetValue(module, LinkAnew);

    private WasmLinkedModule LinkAnew(LunaticModule module)
    {
        var linker = new WasmLinker();
        foreach (WasmImport import in module.Wasm.Imports)
        {
            if (HostApiGenerations.Find(module.Generation, import.Module, import.Name) is { } function)
                linker.Define(import.Module, import.Name, Bind(import.Module, function));
            else if (application.FirstOrDefault(function => function.Namespace == import.Module && function.Name == import.Name) is { } own)
                linker.Define(import.Module, import.Name, Bind(own));
        }
        return linker.Link(module.Wasm);
    }

    private WasmHostFunction Bind(string hostNamespace, HostFunction function)
    {
        if (_bound.TryGetValue(function, out WasmHostFunction? known))
            return known;
        string name = $"{hostNamespace}::{function.Name}";
        return _bound.GetOrAdd(function, rights.Allows(hostNamespace, function.Name) ? function.Bind(name) : new WasmHostFunction(function.Type, Deny) { Name = name });
    }

    private WasmHostFunction Bind(ApplicationFunction function) =>
        rights.Allows(function.Namespace, function.Name) ? function.Bound : new WasmHostFunction(function.Bound.Type, Deny) { Name = function.Bound.Name };

    private static void Deny(WasmCaller caller, Span<ulong> slots) => caller.Trap("the function is not allowed in this environment");
}
