using System.Collections.Immutable;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Legacy;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>What the generations provide, and which one a module speaks.</summary>
internal static class HostApiGenerations
{
    // the first wins where a module fits several
    private static readonly HostApiGeneration[] Order = [HostApiGeneration.Current, HostApiGeneration.Legacy07, HostApiGeneration.Legacy06];

    /// <summary>The namespaces of a generation.</summary>
    public static ImmutableArray<HostNamespace> NamespacesOf(HostApiGeneration generation) => generation switch
    {
        HostApiGeneration.Legacy07 => LegacyNamespaces.Version07,
        HostApiGeneration.Legacy06 => LegacyNamespaces.Version06,
        _ => HostNamespaces.All,
    };

    /// <summary>The function that a generation provides under a name, or null.</summary>
    public static HostFunction? Find(HostApiGeneration generation, string hostNamespace, string function)
    {
        foreach (HostNamespace table in NamespacesOf(generation))
        {
            if (table.Name == hostNamespace)
                return table.Find(function);
        }
        return null;
    }

    /// <summary>The generation that provides the most of what a module imports.</summary>
    public static HostApiGeneration Of(WasmModule module)
    {
        HostApiGeneration best = HostApiGeneration.Current;
        int fewest = int.MaxValue;
        foreach (HostApiGeneration generation in Order)
        {
            int missing = module.Imports.Count(import => !Provides(generation, import));
            if (missing < fewest)
                (best, fewest) = (generation, missing);
            if (missing == 0)
                break;
        }
        return best;
    }

    private static bool Provides(HostApiGeneration generation, WasmImport import) =>
        Find(generation, import.Module, import.Name) is { } function && function.Type.Equals(import.Type);
}
