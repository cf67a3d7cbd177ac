namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>Marks a static partial class whose <see cref="HostFunctionAttribute"/> methods guests import from the module <paramref name="name"/>; its <c>CreateTable</c> is generated.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HostNamespaceAttribute(string name) : Attribute
{
    /// <summary>The module name of the imports, for example <c>lunatic::message</c>.</summary>
    public string Name { get; } = name;
}
