using System.Collections.Immutable;

namespace Lunatic.Runtime.HostApi;

/// <summary>
/// Which host functions guests may call: those of the namespaces that the application allows and, for each environment that a 0.7 guest made on the way, those whose
/// full name (<c>lunatic::process::spawn</c>) begins with one of the allowed prefixes. Nothing is allowed that the maker itself may not call.
/// </summary>
/// <param name="Namespaces">What the application allows.</param>
/// <param name="Prefixes">The lists of the environments, outermost first.</param>
internal sealed record HostRights(NamespaceList Namespaces, ImmutableArray<ImmutableArray<string>> Prefixes)
{
    // tells how many bytes there are of the environment's variables; the reference never blocks it, and programs ask before they say anything
    private const string NeverBlocked = "wasi_snapshot_preview1::environ_sizes_get";

    /// <summary>What an application allows.</summary>
    public HostRights(NamespaceList namespaces)
        : this(namespaces, [])
    {
    }

    /// <summary>Narrowed to what begins with one of the prefixes.</summary>
    public HostRights Within(ImmutableArray<string> prefixes) => this with { Prefixes = Prefixes.Add(prefixes) };

    /// <summary>Whether a function may be called.</summary>
    public bool Allows(string hostNamespace, string function)
    {
        if (!Namespaces.Allows(hostNamespace))
            return false;
        string name = $"{hostNamespace}::{function}";
        return name == NeverBlocked || Prefixes.All(list => list.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }
}
