namespace Lunatic.Runtime.Serialization.Shapes;

/// <inheritdoc/>
/// <typeparam name="TBase">The base type.</typeparam>
/// <typeparam name="T">The variant's type.</typeparam>
internal sealed class TypedVariant<TBase, T>(string name, Shape<T> shape) : Variant<TBase>(name, typeof(T))
    where T : TBase
{
    public override bool IsUnit => shape.IsUnit;

    public override void Write(WireWriter writer, TBase value) => shape.Write(writer, (T)value!);

    public override TBase Read(WireReader reader) => shape.Read(reader);

    public override TBase ReadNothing() => shape.ReadNothing();
}
