namespace Lunatic.Runtime;

/// <summary>Marks a method that guests can import: see <see cref="HostFunctionCollection"/>.</summary>
/// <param name="name">The import's name; null for the method's own, in snake case and without <c>Async</c>: <c>PutIfAbsentAsync</c> is <c>put_if_absent</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LunaticFunctionAttribute(string? name = null) : Attribute
{
    /// <summary>The import's name; null for the method's own.</summary>
    public string? Name { get; } = name;
}
