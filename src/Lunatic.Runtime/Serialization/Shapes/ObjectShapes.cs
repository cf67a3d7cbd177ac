using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>Finds the shapes of records, classes, structs and tuples: which members they have and how they are made.</summary>
internal static class ObjectShapes
{
    private const int MaxTupleItems = 7;

    /// <exception cref="NotSupportedException">It cannot be made from its members.</exception>
    public static Shape Create(Type type)
    {
        PropertyInfo[] properties = PropertiesOf(type);
        ConstructorInfo? constructor = ConstructorOf(type, properties);
        if (constructor is null && !type.IsValueType)
            throw new NotSupportedException($"{type} cannot be received: it has no public constructor that takes nothing, or exactly some of its public properties by name.");
        PropertyInfo[] passed = [.. (constructor?.GetParameters() ?? []).Select(parameter => Find(properties, parameter)!)];
        PropertyInfo[] set = [.. properties.Except(passed).Where(static property => property.SetMethod is { IsPublic: true })];
        if (passed.Length + set.Length == 0 && properties.Length > 0)
            throw new NotSupportedException($"{type} cannot be received: no constructor takes its properties, and none of them can be set.");
        Array members = Members(type, [.. passed.Concat(set).Select(property => ((MemberInfo)property, property.PropertyType, MemberNullability.Of(property)))]);
        ConstructorInvoker? invoker = constructor is null ? null : ConstructorInvoker.Create(constructor);
        if (!type.IsDefined(typeof(MessageNewtypeAttribute), inherit: false))
            return ShapeFactory.Make(typeof(ObjectShape<>), [type], members, invoker, passed.Length, set.Select(static property => MethodInvoker.Create(property.SetMethod!)).ToArray());
        if (passed.Length != 1 || set.Length != 0)
            throw new NotSupportedException($"{type} has [MessageNewtype], but not one member that its constructor takes.");
        return ShapeFactory.Make(typeof(NewtypeShape<>), [type], members.GetValue(0), invoker);
    }

    /// <summary>The shape of a value tuple.</summary>
    public static Shape CreateTuple(Type type, NullabilityInfo? info)
    {
        FieldInfo[] fields = type.GetFields();
        if (fields.Length > MaxTupleItems)
            throw new NotSupportedException($"{type} has more than {MaxTupleItems} items: use a record.");
        ConstructorInvoker constructor = ConstructorInvoker.Create(type.GetConstructor(type.GenericTypeArguments)!);
        Array members = Members(type, [.. fields.Select((field, index) => ((MemberInfo)field, field.FieldType, info?.GenericTypeArguments[index]))]);
        return ShapeFactory.Make(typeof(ObjectShape<>), [type], members, constructor, fields.Length, Array.Empty<MethodInvoker>());
    }

    // base classes first, then as declared
    private static PropertyInfo[] PropertiesOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .OrderBy(static property => DepthOf(property.DeclaringType!))
            .ThenBy(static property => property.MetadataToken),
    ];

    private static int DepthOf(Type type)
    {
        int depth = 0;
        for (Type? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            depth++;
        return depth;
    }

    // the one that takes most, if each parameter is a property
    private static ConstructorInfo? ConstructorOf(Type type, PropertyInfo[] properties) =>
        type.GetConstructors()
            .Where(constructor => constructor.GetParameters().All(parameter => Find(properties, parameter) is not null))
            .MaxBy(static constructor => constructor.GetParameters().Length);

    private static PropertyInfo? Find(PropertyInfo[] properties, ParameterInfo parameter) =>
        Array.Find(properties, property => property.PropertyType == parameter.ParameterType && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));

    private static Array Members(Type type, (MemberInfo Member, Type Type, NullabilityInfo? Nullability)[] members)
    {
        var result = Array.CreateInstance(typeof(Member<>).MakeGenericType(type), members.Length);
        for (int i = 0; i < members.Length; i++)
            result.SetValue(Activator.CreateInstance(typeof(TypedMember<,>).MakeGenericType(type, members[i].Type), members[i].Member, members[i].Nullability), i);
        return result;
    }
}
