using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A record, class, struct or value tuple: its members in order.</summary>
/// <param name="members">The members: first those that the constructor takes.</param>
/// <param name="constructor">Makes an object; null for a struct without members to be passed.</param>
/// <param name="constructorMembers">How many members it takes.</param>
/// <param name="setters">Set the other members.</param>
internal sealed class ObjectShape<T>(Member<T>[] members, ConstructorInvoker? constructor, int constructorMembers, MethodInvoker[] setters) : Shape<T>
{
    public override bool IsUnit => members.Length == 0;

    public override void Write(WireWriter writer, T value)
    {
        if (value is null)
            throw new ArgumentException($"A {typeof(T)} is null where the type does not allow it.");
        if (value.GetType() != typeof(T))
            throw new ArgumentException($"A {value.GetType()} cannot be sent as a {typeof(T)}: give the base type [MessageVariant(…)] for each derived one.");
        writer.Enter();
        writer.BeginStruct(members.Length);
        foreach (Member<T> member in members)
            member.Write(writer, ref value);
        writer.Leave();
    }

    public override T Read(WireReader reader)
    {
        reader.Enter();
        reader.ReadStruct(members.Length);
        var values = new object?[members.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = members[i].Read(reader);
        reader.Leave();
        return Make(values, reader);
    }

    public override T ReadNothing() => Make([], null);

    // The application's constructor may refuse values: then the message is not what it should be.
    private T Make(object?[] values, WireReader? reader)
    {
        try
        {
            object made = constructor is null ? default(T)! : constructor.Invoke(values.AsSpan(0, constructorMembers));
            for (int i = 0; i < setters.Length; i++)
                setters[i].Invoke(made, values[constructorMembers + i]);
            return (T)made;
        }
        catch (Exception exception) when (reader is not null && exception is not OutOfMemoryException)
        {
            throw new MessageFormatException($"The values of a {typeof(T)} are refused: {(exception.InnerException ?? exception).Message}", exception.InnerException ?? exception);
        }
    }
}
