using System.Collections.Immutable;
using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>Finds the shapes of arrays, lists, sets and dictionaries.</summary>
internal static class CollectionShapes
{
    private static readonly Dictionary<Type, string> Sequences = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(IList<>)] = nameof(InterfaceList),
        [typeof(IReadOnlyList<>)] = nameof(ReadOnlyList),
        [typeof(IReadOnlyCollection<>)] = nameof(ReadOnlyCollection),
        [typeof(IEnumerable<>)] = nameof(Enumerable),
        [typeof(HashSet<>)] = nameof(Set),
        [typeof(ImmutableArray<>)] = nameof(Immutable),
    };

    private static readonly Dictionary<Type, string> Maps = new()
    {
        [typeof(Dictionary<,>)] = nameof(Map),
        [typeof(IDictionary<,>)] = nameof(InterfaceMap),
        [typeof(IReadOnlyDictionary<,>)] = nameof(ReadOnlyMap),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableMap),
    };

    /// <summary>The shape of a collection; null: it is none that is known.</summary>
    public static Shape? TryCreate(Type type, NullabilityInfo? info)
    {
        if (type.IsSZArray)
            return Create(nameof(Array), [type.GetElementType()!], ShapeFactory.Get(type.GetElementType()!, info?.ElementType));
        if (!type.IsGenericType)
            return null;
        Type definition = type.GetGenericTypeDefinition();
        Type[] arguments = type.GenericTypeArguments;
        if (Sequences.TryGetValue(definition, out string? sequence))
            return Create(sequence, arguments, ShapeFactory.Get(arguments[0], InfoOf(0)));
        return Maps.TryGetValue(definition, out string? map)
            ? Create(map, arguments, ShapeFactory.Get(arguments[0], InfoOf(0)), ShapeFactory.Get(arguments[1], InfoOf(1)))
            : null;

        NullabilityInfo? InfoOf(int index) => info?.GenericTypeArguments.ElementAtOrDefault(index);
    }

    private static Shape Create(string method, Type[] arguments, params object[] shapes) =>
        (Shape)typeof(CollectionShapes).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(arguments).Invoke(null, shapes)!;

    private static Shape Array<T>(Shape<T> element) => new SequenceShape<T[], T>(element, static items => [.. items]);

    private static Shape List<T>(Shape<T> element) => new SequenceShape<List<T>, T>(element, static items => items);

    private static Shape InterfaceList<T>(Shape<T> element) => new SequenceShape<IList<T>, T>(element, static items => items);

    private static Shape ReadOnlyList<T>(Shape<T> element) => new SequenceShape<IReadOnlyList<T>, T>(element, static items => items);

    private static Shape ReadOnlyCollection<T>(Shape<T> element) => new SequenceShape<IReadOnlyCollection<T>, T>(element, static items => items);

    private static Shape Enumerable<T>(Shape<T> element) => new SequenceShape<IEnumerable<T>, T>(element, static items => items);

    private static Shape Set<T>(Shape<T> element) => new SequenceShape<HashSet<T>, T>(element, static items => [.. items]);

    private static Shape Immutable<T>(Shape<T> element) => new SequenceShape<ImmutableArray<T>, T>(element, static items => [.. items]);

    private static Shape Map<TKey, T>(Shape<TKey> key, Shape<T> item) where TKey : notnull => new MapShape<Dictionary<TKey, T>, TKey, T>(key, item, static entries => entries);

    private static Shape InterfaceMap<TKey, T>(Shape<TKey> key, Shape<T> item) where TKey : notnull => new MapShape<IDictionary<TKey, T>, TKey, T>(key, item, static entries => entries);

    private static Shape ReadOnlyMap<TKey, T>(Shape<TKey> key, Shape<T> item) where TKey : notnull => new MapShape<IReadOnlyDictionary<TKey, T>, TKey, T>(key, item, static entries => entries);

    private static Shape ImmutableMap<TKey, T>(Shape<TKey> key, Shape<T> item) where TKey : notnull =>
        new MapShape<ImmutableDictionary<TKey, T>, TKey, T>(key, item, static entries => entries.ToImmutableDictionary());
}
