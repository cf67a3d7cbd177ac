namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>A dictionary. Of equal keys the last counts.</summary>
/// <param name="key">The keys.</param>
/// <param name="item">The values.</param>
/// <param name="finish">Makes the collection.</param>
internal sealed class MapShape<TCollection, TKey, TItem>(Shape<TKey> key, Shape<TItem> item, Func<Dictionary<TKey, TItem>, TCollection> finish) : Shape<TCollection>
    where TKey : notnull
    where TCollection : IEnumerable<KeyValuePair<TKey, TItem>>
{
    public override void Write(WireWriter writer, TCollection value)
    {
        if (value is null)
            throw new ArgumentException($"A {typeof(TCollection)} is null where the type does not allow it.");
        writer.Enter();
        writer.BeginMap(value.Count());
        foreach ((TKey name, TItem content) in value)
        {
            key.Write(writer, name);
            item.Write(writer, content);
        }
        writer.Leave();
    }

    public override TCollection Read(WireReader reader)
    {
        reader.Enter();
        int count = reader.ReadMap();
        var entries = new Dictionary<TKey, TItem>();
        for (int i = 0; i < count; i++)
        {
            TKey name = key.Read(reader);
            entries[name] = item.Read(reader);
        }
        reader.Leave();
        return finish(entries);
    }
}
