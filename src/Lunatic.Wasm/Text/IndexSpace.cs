using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Text;

/// <summary>The names and the number of one kind of definition: functions, tables, … or the locals of a function.</summary>
internal sealed class IndexSpace(string kind)
{
    private Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    /// <summary>How many are defined.</summary>
    public uint Count { get; private set; }

    /// <summary>The names with their indices, in order.</summary>
    public ArrayBuilder<IndexedName> Names { get; } = new();

    /// <summary>Adds a definition, with a name perhaps; the tokens stand right behind the name.</summary>
    public uint Define(string? name, TokenReader tokens)
    {
        if (name is not null)
        {
            if (!_byName.TryAdd(name, (int)Count))
            {
                tokens.Position--;
                throw tokens.Error($"duplicate {kind} ${name}");
            }
            Names.Add(new IndexedName(Count, name));
        }
        return Count++;
    }

    /// <summary>Adds definitions without names.</summary>
    public void Skip(uint count) => Count += count;

    /// <summary>Reads an index: a number, which is not checked here, or a name, which must be known.</summary>
    public uint Read(TokenReader tokens)
    {
        if (tokens.Kind != TokenKind.Id)
            return tokens.Unsigned32();
        int position = tokens.Position;
        string name = tokens.OptionalId()!;
        if (_byName.TryGetValue(name, out int index))
            return (uint)index;
        tokens.Position = position;
        throw tokens.Error($"unknown {kind} ${name}");
    }

    /// <summary>Reads an index if there is one, else takes 0.</summary>
    public uint ReadOptional(TokenReader tokens) => tokens.IsIndex ? Read(tokens) : 0;

    public void Clear()
    {
        // clearing a dictionary takes as long as it was large once: one function with many locals must not slow down all others
        if (_byName.Count > 100)
            _byName = new Dictionary<string, int>(StringComparer.Ordinal);
        else
            _byName.Clear();
        Names.Clear();
        Count = 0;
    }
}
