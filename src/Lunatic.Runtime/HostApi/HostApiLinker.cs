using System.Runtime.CompilerServices;
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
    public HostApiLinker(NamespaceList allowed)
    {
        foreach (HostNamespace table in HostNamespaces.All)
        {
            bool isAllowed = allowed.Allows(table.Name);
            foreach (HostFunction function in table.Functions)
            {
                string name = $"{table.Name}::{function.Name}";
                _linker.Define(table.Name, function.Name, isAllowed ? function.Bind(name) : new WasmHostFunction(function.Type, Deny) { Name = name });
            }
        }
    }

    /// <summary>For guests that may use everything.</summary>
    public static HostApiLinker Unrestricted { get; } = new(NamespaceList.All());

    /// <summary>The module with its imports bound.</summary>
    /// <exception cref="WasmUnlinkableException">An import is not provided, or has another type; the text names it.</exception>
    public WasmLinkedModule Link(LunaticModule module) => _linked.GetValue(module, module => _linker.Link(module.Wasm));

    private static void Deny(WasmCaller caller, Span<ulong> slots) => caller.Trap("the namespace is not allowed in this environment");
}
