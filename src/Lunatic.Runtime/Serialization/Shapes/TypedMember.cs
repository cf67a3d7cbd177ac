using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <inheritdoc/>
/// <typeparam name="TOwner">The type that has it.</typeparam>
/// <typeparam name="TValue">Its type.</typeparam>
internal sealed class TypedMember<TOwner, TValue> : Member<TOwner>
{
    private delegate TValue Getter(ref TOwner owner);

    private readonly Getter _get;
    private readonly NullabilityInfo? _info;
    private Shape<TValue>? _shape;

    public TypedMember(MemberInfo member, NullabilityInfo? info)
    {
        _info = info;
        _get = member is FieldInfo field
            ? (ref TOwner owner) => (TValue)field.GetValue(owner)!
            : Getting(((PropertyInfo)member).GetMethod!);
    }

    // found when it is first needed: a type may have members of its own type
    private Shape<TValue> Shape => _shape ??= (Shape<TValue>)ShapeFactory.Get(typeof(TValue), _info);

    public override void Write(WireWriter writer, ref TOwner owner) => Shape.Write(writer, _get(ref owner));

    public override object? Read(WireReader reader) => Shape.Read(reader);

    private static Getter Getting(MethodInfo method)
    {
        if (typeof(TOwner).IsValueType)
            return method.CreateDelegate<Getter>();
        var get = method.CreateDelegate<Func<TOwner, TValue>>();
        return (ref TOwner owner) => get(owner);
    }
}
