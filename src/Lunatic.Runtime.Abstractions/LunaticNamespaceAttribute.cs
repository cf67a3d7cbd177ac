namespace Lunatic.Runtime;

/// <summary>Names the module from which guests import the <see cref="LunaticFunctionAttribute"/> methods of a class: see <see cref="HostFunctionCollection"/>.</summary>
/// <param name="name">The module name of the imports, for example <c>app::kv</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LunaticNamespaceAttribute(string name) : Attribute
{
    /// <summary>The module name of the imports.</summary>
    public string Name { get; } = name;
}
