namespace Lunatic.Wasm.Instances;

/// <summary>The objects behind a store's externrefs: a guest sees their numbers, from 1; 0 is null. They are kept as long as the store.</summary>
internal sealed class ExternReferences
{
    private readonly Dictionary<object, ulong> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> _objects = [];

    public ulong NumberOf(object value)
    {
        if (!_numbers.TryGetValue(value, out ulong number))
        {
            _objects.Add(value);
            number = (ulong)_objects.Count;
            _numbers.Add(value, number);
        }
        return number;
    }

    public object ObjectOf(ulong number) => _objects[(int)number - 1];
}
