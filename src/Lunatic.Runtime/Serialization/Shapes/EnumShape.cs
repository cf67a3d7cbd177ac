namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>An enum without values: its members in ascending order are the variants.</summary>
internal sealed class EnumShape<T> : Shape<T>
    where T : struct, Enum
{
    private readonly T[] _values = [.. Enum.GetValues<T>().Distinct()];
    private readonly string[] _names;

    public EnumShape() => _names = [.. _values.Select(static value => Enum.GetName(value)!)];

    public override void Write(WireWriter writer, T value)
    {
        int index = Array.IndexOf(_values, value);
        if (index < 0)
            throw new ArgumentException($"{value} is no member of {typeof(T)}.");
        writer.WriteUnitVariant(index, _names[index]);
    }

    public override T Read(WireReader reader)
    {
        int index = reader.ReadVariant(_names, out bool isUnit);
        if (!isUnit)
            ReadEmptyValue(reader);
        return _values[index];
    }

    // bincode has none; MessagePack may have a map to nil
    private static void ReadEmptyValue(WireReader reader) => reader.ReadStruct(0);
}
