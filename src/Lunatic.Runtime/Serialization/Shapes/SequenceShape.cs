namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>An array, list or set.</summary>
/// <param name="element">The elements.</param>
/// <param name="finish">Makes the collection.</param>
internal sealed class SequenceShape<TCollection, TElement>(Shape<TElement> element, Func<List<TElement>, TCollection> finish) : Shape<TCollection>
    where TCollection : IEnumerable<TElement>
{
    // what is claimed need not come, so room for more is made only as elements are read
    private const int FirstCapacity = 256;

    public override void Write(WireWriter writer, TCollection value)
    {
        if (value is null)
            throw new ArgumentException($"A {typeof(TCollection)} is null where the type does not allow it.");
        writer.Enter();
        writer.BeginSequence(value.Count());
        foreach (TElement item in value)
            element.Write(writer, item);
        writer.Leave();
    }

    public override TCollection Read(WireReader reader)
    {
        reader.Enter();
        int count = reader.ReadSequence();
        var items = new List<TElement>(Math.Min(count, FirstCapacity));
        for (int i = 0; i < count; i++)
            items.Add(element.Read(reader));
        reader.Leave();
        return finish(items);
    }
}
