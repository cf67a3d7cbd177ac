using System.Runtime.CompilerServices;
using Lunatic.Runtime.HostApi.Application;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>
/// Binds the imports of modules to the host API, once per module. Functions of namespaces that are not allowed link as well, and trap when they are
/// called: a module that never calls them runs.
/// </summary>
internal sealed class HostApiLinker
{
    private readonly WasmLinker _linker = new();
    private readonly ConditionalWeakTable<LunaticModule, WasmLinkedModule> _linked = [];

    /// <summary>A linker for guests that may use the given namespaces.</summary>
    /// <param name="allowed">The namespaces.</param>
    /// <param name="application">The application's host functions, bound.</param>
    public HostApiLinker(NamespaceList allowed, IReadOnlyList<ApplicationFunction> application)
    {
        foreach (ApplicationFunction function in application)
            Define(function.Namespace, function.Name, function.Bound);

        foreach (HostNamespace table in HostNamespaces.All)
        {
            foreach (HostFunction function in table.Functions)
                Define(table.Name, function.Name, function.Bind($"{table.Name}::{function.Name}"));
        }

        void Define(string hostNamespace, string name, WasmHostFunction function) =>
            _linker.Define(hostNamespace, name, allowed.Allows(hostNamespace) ? function : new WasmHostFunction(function.Type, Deny) { Name = function.Name });
    }

    /// <summary>For guests that may use everything, of an application without host functions of its own.</summary>
    public static HostApiLinker Unrestricted { get; } = new(NamespaceList.All(), []);

    /// <summary>The module with its imports bound.</summary>
    /// <exception cref="WasmUnlinkableException">An import is not provided, or has another type; the text names it.</exception>
    public WasmLinkedModule Link(LunaticModule module) => _linked.GetValue(module, module => _linker.Link(module.Wasm));

    private static void Deny(WasmCaller caller, Span<ulong> slots) => caller.Trap("the namespace is not allowed in this environment");
}
