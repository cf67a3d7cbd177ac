using System.Text;
using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Text;

/// <summary>The types of the type section: those that the text defines, then those that type uses imply.</summary>
internal sealed class FunctionTypeTable
{
    private readonly ArrayBuilder<Entry> _types = new();
    private readonly Dictionary<string, int> _firstByKey = new(StringComparer.Ordinal);

    public uint Count => (uint)_types.Count;

    /// <summary>Adds a type that the text defines.</summary>
    public void Add(Signature signature)
    {
        string key = Key(signature);
        _firstByKey.TryAdd(key, _types.Count);
        _types.Add(new Entry(key, signature.ParameterCount));
    }

    /// <summary>The first type with that signature; added when there is none.</summary>
    public uint FindOrAdd(Signature signature)
    {
        if (_firstByKey.TryGetValue(Key(signature), out int index))
            return (uint)index;
        Add(signature);
        return Count - 1;
    }

    /// <summary>Whether the type exists and is that signature.</summary>
    public bool Matches(uint index, Signature signature) => index < Count && _types[(int)index].Key == Key(signature);

    /// <summary>Number of parameters of a type; 0 when it does not exist (the validator will say so).</summary>
    public uint ParameterCount(uint index) => index < Count ? _types[(int)index].Parameters : 0;

    public void Write(ByteBuffer section)
    {
        for (int i = 0; i < _types.Count; i++)
            section.WriteBytes(Encoding.Latin1.GetBytes(_types[i].Key));
    }

    // the type's bytes in the binary format, as characters
    private static string Key(Signature signature)
    {
        var bytes = new ByteBuffer();
        bytes.WriteByte(0x60);
        bytes.WriteUnsigned(signature.ParameterCount);
        bytes.WriteBytes(signature.Parameters.Written);
        bytes.WriteUnsigned(signature.ResultCount);
        bytes.WriteBytes(signature.Results.Written);
        return Encoding.Latin1.GetString(bytes.Written);
    }

    private readonly record struct Entry(string Key, uint Parameters);
}
