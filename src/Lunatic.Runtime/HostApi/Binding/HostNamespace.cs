namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>The host functions that guests import from one module name.</summary>
internal sealed class HostNamespace(string name, params HostFunction[] functions)
{
    /// <summary>The module name of the imports, for example <c>lunatic::message</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The functions, in the order of their declaration.</summary>
    public IReadOnlyList<HostFunction> Functions { get; } = functions;

    /// <summary>The function of that name, or null.</summary>
    public HostFunction? Find(string function) => Array.Find(functions, candidate => candidate.Name == function);
}
