namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A nullable reference: an option.</summary>
internal sealed class NullableShape<T>(Shape<T> some) : Shape<T?>
    where T : class
{
    public override void Write(WireWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNone();
            return;
        }
        writer.BeginSome();
        some.Write(writer, value);
    }

    public override T? Read(WireReader reader) => reader.ReadOption() ? some.Read(reader) : null;
}
