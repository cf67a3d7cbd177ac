using System.Collections.Immutable;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Legacy;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>What the generations provide, and which one a module speaks.</summary>
internal static class HostApiGenerations
{
    // the first wins where a module fits several
    private static readonly HostApiGeneration[] _all = [HostApiGeneration.Current, HostApiGeneration.Legacy07, HostApiGeneration.Legacy06];
    private static readonly Dictionary<(HostApiGeneration, string, string), WasmFunctionType> _types = Types();

    /// <summary>The namespaces of a generation.</summary>
    public static ImmutableArray<HostNamespace> NamespacesOf(HostApiGeneration generation) => generation switch
    {
        HostApiGeneration.Legacy07 => LegacyNamespaces.Version07,
        HostApiGeneration.Legacy06 => LegacyNamespaces.Version06,
        _ => HostNamespaces.All,
    };

    /// <summary>The generation that provides the most of what a module imports.</summary>
    public static HostApiGeneration Of(WasmModule module) =>
        _all.MinBy(generation => module.Imports.Count(import => !Provides(generation, import)));

    private static bool Provides(HostApiGeneration generation, WasmImport import) =>
        _types.TryGetValue((generation, import.Module, import.Name), out WasmFunctionType? type) && type.Equals(import.Type);

    private static Dictionary<(HostApiGeneration, string, string), WasmFunctionType> Types() =>
        (from generation in _all
         from table in NamespacesOf(generation)
         from function in table.Functions
         select (Key: (generation, table.Name, function.Name), function.Type)).ToDictionary(entry => entry.Key, entry => entry.Type);
}
