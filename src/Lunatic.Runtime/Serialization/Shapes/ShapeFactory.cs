using System.Collections.Concurrent;
using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>Finds the shapes of types, by a look at each type once. Generates no code.</summary>
internal static class ShapeFactory
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    /// <summary>The shape of a type.</summary>
    /// <exception cref="NotSupportedException">Values of the type cannot be written; the text says what can.</exception>
    public static Shape<T> Get<T>() => (Shape<T>)Get(typeof(T), null);

    /// <summary>The shape of a type in a place that may allow null for it or for its elements.</summary>
    public static Shape Get(Type type, NullabilityInfo? info)
    {
        bool mayBeNull = !type.IsValueType && info?.ReadState is NullabilityState.Nullable;
        Shape shape = HasNullableElements(info) ? Create(type, info) : Known.GetOrAdd(type, static type => Create(type, null));
        return mayBeNull ? Make(typeof(NullableShape<>), [type], shape) : shape;
    }

    /// <summary>Makes an object of a generic type.</summary>
    public static Shape Make(Type definition, Type[] arguments, params object?[] values) =>
        (Shape)Activator.CreateInstance(definition.MakeGenericType(arguments), values)!;

    private static bool HasNullableElements(NullabilityInfo? info) =>
        info is not null && (IsNullableOrHas(info.ElementType) || info.GenericTypeArguments.Any(IsNullableOrHas));

    private static bool IsNullableOrHas(NullabilityInfo? info) =>
        info is not null && ((info.ReadState is NullabilityState.Nullable && !info.Type.IsValueType) || HasNullableElements(info));

    private static Shape Create(Type type, NullabilityInfo? info)
    {
        if (Primitives.Find(type) is { } primitive)
            return primitive;
        if (type.IsEnum)
            return Make(typeof(EnumShape<>), [type]);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Make(typeof(OptionShape<>), [underlying], Get(underlying, info?.GenericTypeArguments.FirstOrDefault()));
        if (CollectionShapes.TryCreate(type, info) is { } collection)
            return collection;
        if (type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal))
            return ObjectShapes.CreateTuple(type, info);
        if (type.IsDefined(typeof(MessageVariantAttribute), inherit: false))
            return VariantShapes.Create(type);
        if (typeof(LunaticProcess).IsAssignableFrom(type) || type == typeof(ProcessId))
            throw new NotSupportedException($"A {type.Name} cannot be sent: send a {nameof(ProcessReference)}, which is what guests know processes by.");
        // what the base library has besides is not made of its properties
        if (type.IsAbstract || type.IsArray || type.IsPointer || typeof(Delegate).IsAssignableFrom(type) || type.Assembly == typeof(object).Assembly)
            throw new NotSupportedException($"Values of type {type} cannot be sent. If it is the base of several records, give it [MessageVariant(index, typeof(…))] for each.");
        return ObjectShapes.Create(type);
    }
}
