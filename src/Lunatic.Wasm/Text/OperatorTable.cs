namespace Lunatic.Wasm.Text;

/// <summary>Finds instructions by the bytes of their name: a hash table with open addressing, made once.</summary>
internal sealed class OperatorTable
{
    private readonly string?[] _names;
    private readonly TextOperator?[] _operators;
    private readonly int _mask;

    /// <param name="operators">The instructions by name. Names are ASCII.</param>
    public OperatorTable(Dictionary<string, TextOperator> operators)
    {
        int size = 1;
        while (size < operators.Count * 4)
            size *= 2;
        _mask = size - 1;
        _names = new string?[size];
        _operators = new TextOperator[size];
        Span<byte> bytes = stackalloc byte[64];
        foreach (KeyValuePair<string, TextOperator> entry in operators)
        {
            int length = System.Text.Encoding.ASCII.GetBytes(entry.Key, bytes);
            int place = Find(bytes[..length]);
            _names[place] = entry.Key;
            _operators[place] = entry.Value;
        }
    }

    /// <summary>The instruction of that name, or null.</summary>
    public TextOperator? Get(ReadOnlySpan<byte> name) => _operators[Find(name)];

    // where the name is, or the free place where it belongs
    private int Find(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte character in name)
            hash = (hash ^ character) * 16777619;
        int place = (int)(hash ^ (hash >> 15)) & _mask;
        while (_names[place] is string known && !IsEqual(known, name))
            place = (place + 1) & _mask;
        return place;
    }

    private static bool IsEqual(string known, ReadOnlySpan<byte> name)
    {
        if (known.Length != name.Length)
            return false;
        for (int i = 0; i < name.Length; i++)
        {
            if (known[i] != name[i])
                return false;
        }
        return true;
    }
}
