using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>Finds the shapes of base types with <see cref="MessageVariantAttribute"/>.</summary>
internal static class VariantShapes
{
    /// <exception cref="NotSupportedException">The attributes make no sense.</exception>
    public static Shape Create(Type type)
    {
        MessageVariantAttribute[] attributes = [.. type.GetCustomAttributes<MessageVariantAttribute>(inherit: false).OrderBy(static attribute => attribute.Index)];
        var variants = Array.CreateInstance(typeof(Variant<>).MakeGenericType(type), attributes.Length);
        for (int i = 0; i < attributes.Length; i++)
        {
            MessageVariantAttribute attribute = attributes[i];
            if (attribute.Index != i)
                throw new NotSupportedException($"The variants of {type} are not numbered 0, 1, 2 …: there is {attribute.Index} instead of {i}.");
            if (!type.IsAssignableFrom(attribute.Type) || attribute.Type.IsAbstract)
                throw new NotSupportedException($"{attribute.Type} is no variant of {type}: it has to derive from it and must not be abstract.");
            variants.SetValue(
                Activator.CreateInstance(typeof(TypedVariant<,>).MakeGenericType(type, attribute.Type), attribute.Name ?? attribute.Type.Name, ShapeFactory.Get(attribute.Type, null)), i);
        }
        return ShapeFactory.Make(typeof(UnionShape<>), [type], variants);
    }
}
