namespace Lunatic.Runtime;

/// <summary>
/// Makes a type one of the variants of a base type, as in a Rust <c>enum</c>: put it on the base type once for each variant. A variant without members is a unit variant; one with
/// members a struct or tuple variant, or a newtype variant if its type has <see cref="MessageNewtypeAttribute"/>.
/// </summary>
/// <param name="index">Its place in the Rust enum, from 0.</param>
/// <param name="type">The type, derived from the one that has the attribute.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class MessageVariantAttribute(int index, Type type) : Attribute
{
    /// <summary>Its place in the Rust enum, from 0: bincode writes it.</summary>
    public int Index { get; } = index;

    /// <summary>The type.</summary>
    public Type Type { get; } = type;

    /// <summary>Its name in the Rust enum, which MessagePack writes. Default: the type's name.</summary>
    public string? Name { get; set; }
}
