namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A nullable value type: an option.</summary>
internal sealed class OptionShape<T>(Shape<T> some) : Shape<T?>
    where T : struct
{
    public override void Write(WireWriter writer, T? value)
    {
        if (value is not { } present)
        {
            writer.WriteNone();
            return;
        }
        writer.BeginSome();
        some.Write(writer, present);
    }

    public override T? Read(WireReader reader) => reader.ReadOption() ? some.Read(reader) : null;
}
