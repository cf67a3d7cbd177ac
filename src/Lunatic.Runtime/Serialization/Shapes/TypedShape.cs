namespace Lunatic.Runtime.Serialization.Shapes;

/// <inheritdoc cref="Shape"/>
/// <typeparam name="T">The C# type.</typeparam>
internal abstract class Shape<T> : Shape
{
    /// <summary>Whether it has no members: as a variant it is a unit variant.</summary>
    public virtual bool IsUnit => false;

    /// <exception cref="ArgumentException">A part of the value has no encoding.</exception>
    public abstract void Write(WireWriter writer, T value);

    /// <exception cref="MessageFormatException">The bytes are no such value.</exception>
    public abstract T Read(WireReader reader);

    /// <summary>Reads what is left of a unit variant whose value is not written.</summary>
    public virtual T ReadNothing() => throw new NotSupportedException();
}
