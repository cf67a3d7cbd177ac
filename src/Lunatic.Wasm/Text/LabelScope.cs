using Lunatic.Wasm.Collections;

namespace Lunatic.Wasm.Text;

/// <summary>The labels around the current instruction, innermost last. Inner labels hide outer ones of the same name.</summary>
internal sealed class LabelScope
{
    // for each name the depth of its innermost label; each label keeps what it hides
    private readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);
    private readonly ArrayBuilder<Label> _labels = new();

    public string? Innermost => _labels.Last.Name;

    public void Push(string? name)
    {
        int hidden = name is not null && _depths.TryGetValue(name, out int outer) ? outer : -1;
        _labels.Add(new Label(name, hidden));
        if (name is not null)
            _depths[name] = _labels.Count;
    }

    public void Pop()
    {
        (string? name, int hidden) = _labels.Last;
        _labels.RemoveLast();
        if (name is null)
            return;
        if (hidden < 0)
            _depths.Remove(name);
        else
            _depths[name] = hidden;
    }

    /// <summary>Reads a label: a number, which is not checked here, or a name.</summary>
    public uint Read(TokenReader tokens)
    {
        if (tokens.Kind != TokenKind.Id)
            return tokens.Unsigned32();
        int position = tokens.Position;
        string name = tokens.OptionalId()!;
        if (_depths.TryGetValue(name, out int depth))
            return (uint)(_labels.Count - depth);
        tokens.Position = position;
        throw tokens.Error($"unknown label ${name}");
    }

    private readonly record struct Label(string? Name, int Hidden);
}
