using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A type with <see cref="MessageNewtypeAttribute"/>: its one member alone.</summary>
internal sealed class NewtypeShape<T>(Member<T> member, ConstructorInvoker constructor) : Shape<T>
{
    public override void Write(WireWriter writer, T value)
    {
        if (value is null)
            throw new ArgumentException($"A {typeof(T)} is null where the type does not allow it.");
        writer.Enter();
        member.Write(writer, ref value);
        writer.Leave();
    }

    public override T Read(WireReader reader)
    {
        reader.Enter();
        object? value = member.Read(reader);
        reader.Leave();
        return (T)constructor.Invoke(value);
    }
}
