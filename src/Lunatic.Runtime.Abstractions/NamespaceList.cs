using System.Collections;

namespace Lunatic.Runtime;

/// <summary>The host namespaces that guests may import from. A list that was never touched allows all; one that was made or filled allows what it names, an empty one nothing.</summary>
public sealed class NamespaceList : IReadOnlyCollection<string>
{
    private readonly HashSet<string> _names;

    /// <summary>Creates a list that allows nothing yet.</summary>
    public NamespaceList() => _names = new HashSet<string>(StringComparer.Ordinal);

    private NamespaceList(NamespaceList other)
    {
        _names = new HashSet<string>(other._names, StringComparer.Ordinal);
        AllowsAll = other.AllowsAll;
    }

    /// <summary>Whether every namespace is allowed.</summary>
    public bool AllowsAll { get; private set; }

    /// <inheritdoc/>
    public int Count => _names.Count;

    internal static NamespaceList All() => new() { AllowsAll = true };

    /// <summary>Allows a namespace, for example <c>lunatic::message</c>; from now on only named ones are allowed.</summary>
    public void Add(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        AllowsAll = false;
        _names.Add(name);
    }

    /// <summary>Whether guests may import from a namespace.</summary>
    public bool Allows(string name) => AllowsAll || _names.Contains(name);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal NamespaceList Clone() => new(this);
}
