namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A type that the formats write by one call.</summary>
internal sealed class PrimitiveShape<T>(Action<WireWriter, T> write, Func<WireReader, T> read) : Shape<T>
{
    public override void Write(WireWriter writer, T value)
    {
        if (value is null)
            throw new ArgumentException($"A {typeof(T).Name} is null where the type does not allow it: declare it as {typeof(T).Name}? to send an option.");
        write(writer, value);
    }

    public override T Read(WireReader reader) => read(reader);
}
