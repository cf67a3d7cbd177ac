namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A member of a record, class, struct or tuple.</summary>
/// <typeparam name="TOwner">The type that has it.</typeparam>
internal abstract class Member<TOwner>
{
    /// <summary>Writes the member of an object.</summary>
    public abstract void Write(WireWriter writer, ref TOwner owner);

    /// <summary>Reads a value of the member.</summary>
    public abstract object? Read(WireReader reader);
}
