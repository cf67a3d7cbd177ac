namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A base type with <see cref="MessageVariantAttribute"/>: an enum with values.</summary>
/// <param name="variants">The variants, by index.</param>
internal sealed class UnionShape<T>(Variant<T>[] variants) : Shape<T>
    where T : class
{
    private readonly string[] _names = [.. variants.Select(static variant => variant.Name)];
    private readonly Dictionary<Type, int> _indexes = variants.Select(static (variant, index) => (variant.Type, index)).ToDictionary();

    public override void Write(WireWriter writer, T value)
    {
        if (value is null)
            throw new ArgumentException($"A {typeof(T)} is null where the type does not allow it.");
        if (!_indexes.TryGetValue(value.GetType(), out int index))
            throw new ArgumentException($"{value.GetType()} is no variant of {typeof(T)}: add [MessageVariant({variants.Length}, typeof({value.GetType().Name}))].");
        writer.Enter();
        if (variants[index].IsUnit)
        {
            writer.WriteUnitVariant(index, _names[index]);
        }
        else
        {
            writer.BeginVariant(index, _names[index]);
            variants[index].Write(writer, value);
        }
        writer.Leave();
    }

    public override T Read(WireReader reader)
    {
        reader.Enter();
        int index = reader.ReadVariant(_names, out bool isUnit);
        if (isUnit && !variants[index].IsUnit)
            throw reader.Malformed($"the variant {_names[index]} has no value");
        T value = isUnit ? variants[index].ReadNothing() : variants[index].Read(reader);
        reader.Leave();
        return value;
    }
}
