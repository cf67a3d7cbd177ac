namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A variant of an enum with values.</summary>
/// <typeparam name="TBase">The base type.</typeparam>
internal abstract class Variant<TBase>(string name, Type type)
{
    public string Name { get; } = name;

    public Type Type { get; } = type;

    public abstract bool IsUnit { get; }

    public abstract void Write(WireWriter writer, TBase value);

    public abstract TBase Read(WireReader reader);

    public abstract TBase ReadNothing();
}
