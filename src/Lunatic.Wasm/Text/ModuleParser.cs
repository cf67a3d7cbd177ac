namespace Lunatic.Wasm.Text;

/// <summary>
/// Parses the fields of a module and writes it in the binary format. Two passes: the first declares names and types
/// (<see cref="ModuleFields"/>), the second writes each field to its section.
/// </summary>
internal sealed partial class ModuleParser
{
    private readonly TokenReader _tokens;
    private readonly ModuleScope _scope = new();
    private readonly ModuleSections _sections = new();
    private readonly NameSectionWriter _names = new();
    private readonly TypeParser _types;
    private readonly TypeUseParser _typeUses;
    private readonly InstructionParser _instructions;
    private uint _function, _table, _memory, _global, _tag;

    private ModuleParser(TokenReader tokens)
    {
        _tokens = tokens;
        _types = new TypeParser(tokens, _scope);
        _typeUses = new TypeUseParser(tokens, _scope, _types);
        _instructions = new InstructionParser(tokens, _scope, _types, _typeUses);
    }

    /// <summary>Parses fields up to something that is none, usually the parenthesis that closes the module.</summary>
    public static byte[] ParseFields(TokenReader tokens, string? moduleName) => new ModuleParser(tokens).Parse(moduleName);

    private byte[] Parse(string? moduleName)
    {
        int start = _tokens.Position;
        new ModuleFields(_tokens, _scope, _types, _typeUses).Declare();
        int end = _tokens.Position;
        _tokens.Position = start;
        while (_tokens.Position < end)
            Field();
        _scope.FunctionTypes.Write(_sections.Types.Items);
        _sections.Types.Count = _scope.FunctionTypes.Count;
        _names.Module = moduleName;
        _names.Functions = _scope.Functions.Names;
        return _sections.ToArray(_instructions.NeedsDataCount, _names);
    }

    private void Field()
    {
        int start = _tokens.Position++;
        if (_tokens.TryKeyword("type"u8))
        {
            // parsed in the first pass
            _tokens.Position = start;
            _tokens.SkipGroup();
            return;
        }
        if (_tokens.TryKeyword("import"u8))
            Import();
        else if (_tokens.TryKeyword("func"u8))
            Function();
        else if (_tokens.TryKeyword("table"u8))
            Table();
        else if (_tokens.TryKeyword("memory"u8))
            Memory();
        else if (_tokens.TryKeyword("global"u8))
            Global();
        else if (_tokens.TryKeyword("tag"u8))
            Tag();
        else if (_tokens.TryKeyword("export"u8))
            Export();
        else if (_tokens.TryKeyword("start"u8))
            _sections.Start = _scope.Functions.Read(_tokens);
        else if (_tokens.TryKeyword("elem"u8))
            Elements();
        else if (_tokens.TryKeyword("data"u8))
            Data();
        else
            throw _tokens.Unexpected("a field of a module");
        _tokens.Close();
    }

    /// <summary>An expression in parentheses: <c>(offset …)</c>, <c>(item …)</c> or a single folded instruction.</summary>
    private void ParenthesisedExpression(ReadOnlySpan<byte> keyword, ByteBuffer output)
    {
        if (!_tokens.TryOpen(keyword))
        {
            _instructions.FoldedExpression(output);
            return;
        }
        _instructions.Expression(output);
        _tokens.Close();
    }
}
