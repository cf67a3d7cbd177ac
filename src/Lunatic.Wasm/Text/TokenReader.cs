using System.Text;

namespace Lunatic.Wasm.Text;

/// <summary>A place in the tokens of a text, and the questions that all parsers ask there.</summary>
internal sealed class TokenReader
{
    private readonly Token[] _tokens;

    public TokenReader(SourceText source)
    {
        Source = source;
        _tokens = Lexer.Tokenize(source);
    }

    private TokenReader(TokenReader other, int position)
    {
        Source = other.Source;
        _tokens = other._tokens;
        Position = position;
    }

    public SourceText Source { get; }

    /// <summary>Index of the current token.</summary>
    public int Position { get; set; }

    public TokenKind Kind => _tokens[Position].Kind;

    /// <summary>The current token.</summary>
    public Token Current => _tokens[Position];

    /// <summary>The current token's characters.</summary>
    public ReadOnlySpan<byte> Text => TextAt(Position);

    /// <summary>Whether the current token can be an index: a number or an identifier.</summary>
    public bool IsIndex => IsIndexAt(Position);

    /// <summary>Whether the token behind the current one can be an index. The current one must not be the end.</summary>
    public bool IsNextIndex => IsIndexAt(Position + 1);

    /// <summary>Whether the token behind the current one is an atom that begins so. The current one must not be the end.</summary>
    public bool IsNext(ReadOnlySpan<byte> beginning) => _tokens[Position + 1].Kind == TokenKind.Atom && TextAt(Position + 1).StartsWith(beginning);

    /// <summary>How many literals of numbers, integers and floats, follow each other from the current token on.</summary>
    public int CountNumbers()
    {
        int end = Position;
        while (_tokens[end].Kind == TokenKind.Atom && Keywords.IsNumber(TextAt(end)))
            end++;
        return end - Position;
    }

    /// <summary>Another reader of the same tokens, at its own place.</summary>
    public TokenReader At(int position) => new(this, position);

    public bool IsKeyword(ReadOnlySpan<byte> keyword) => Kind == TokenKind.Atom && Text.SequenceEqual(keyword);

    /// <summary>Whether a parenthesis with that keyword opens here.</summary>
    public bool IsOpen(ReadOnlySpan<byte> keyword) =>
        Kind == TokenKind.Open && _tokens[Position + 1].Kind == TokenKind.Atom && TextAt(Position + 1).SequenceEqual(keyword);

    public bool TryOpen(ReadOnlySpan<byte> keyword) => Skip(IsOpen(keyword), 2);

    public bool TryKeyword(ReadOnlySpan<byte> keyword) => Skip(IsKeyword(keyword), 1);

    /// <summary>Moves over the current token if it is of that kind.</summary>
    public bool TryKind(TokenKind kind) => Skip(Kind == kind, 1);

    public void ExpectOpen(ReadOnlySpan<byte> keyword)
    {
        if (!TryOpen(keyword))
            throw Unexpected($"\"({Encoding.Latin1.GetString(keyword)}\"");
    }

    public void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!TryKeyword(keyword))
            throw Unexpected($"\"{Encoding.Latin1.GetString(keyword)}\"");
    }

    /// <summary>Moves over a closing parenthesis.</summary>
    public void Close()
    {
        if (!TryKind(TokenKind.Close))
            throw Unexpected("\")\"");
    }

    /// <summary>The name of an identifier, without <c>$</c>; null where there is none.</summary>
    public string? OptionalId()
    {
        if (Kind != TokenKind.Id)
            return null;
        Token token = _tokens[Position++];
        ReadOnlySpan<byte> name = Source.Bytes.Slice(token.Start + 1, token.Length - 1);
        return name[0] == '"'
            ? StringLiteral.DecodeName(Source, new Token(TokenKind.String, token.Start + 1, token.Length - 1))
            : Encoding.Latin1.GetString(name);
    }

    /// <summary>The name in a string.</summary>
    public string Name()
    {
        if (Kind != TokenKind.String)
            throw Unexpected("a string");
        return StringLiteral.DecodeName(Source, _tokens[Position++]);
    }

    /// <summary>Appends the bytes of all strings that follow.</summary>
    public void Strings(ByteBuffer output)
    {
        while (Kind == TokenKind.String)
            StringLiteral.Decode(Source, _tokens[Position++], output);
    }

    /// <summary>Moves behind the group that opens at the current token.</summary>
    public void SkipGroup()
    {
        int start = Position;
        long depth = 0;
        do
        {
            TokenKind kind = _tokens[Position].Kind;
            if (kind == TokenKind.End)
                throw Source.Malformed("unexpected token: the parenthesis is not closed", _tokens[start].Start);
            depth += kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            Position++;
        }
        while (depth > 0);
    }

    /// <summary>An error at the current token.</summary>
    public WasmMalformedException Error(string message) => Source.Malformed(message, Current.Start);

    /// <summary>The error for a current token that does not belong here.</summary>
    public WasmMalformedException Unexpected(string expected)
    {
        string text = Describe();
        bool exists = Kind switch
        {
            TokenKind.Atom => Keywords.IsKnown(Text),
            TokenKind.Reserved => false,
            // "(word": the word is what is wrong
            TokenKind.Open when _tokens[Position + 1].Kind is TokenKind.Atom or TokenKind.Reserved => IsNextKnown(out text),
            _ => true,
        };
        return Error(exists ? $"unexpected token {text}, expected {expected}" : $"unknown operator {text}");
    }

    private bool IsIndexAt(int index) =>
        _tokens[index].Kind == TokenKind.Id || (_tokens[index].Kind == TokenKind.Atom && Characters.IsDigit(TextAt(index)[0]));

    private bool IsNextKnown(out string text)
    {
        ReadOnlySpan<byte> next = TextAt(Position + 1);
        bool exists = _tokens[Position + 1].Kind == TokenKind.Atom && Keywords.IsKnown(next);
        text = exists ? $"({Shorten(next)}" : Shorten(next);
        return exists;
    }

    private string Describe() => Kind == TokenKind.End ? "at the end of the text" : Shorten(Text);

    private static string Shorten(ReadOnlySpan<byte> text) =>
        text.Length <= 60 ? Encoding.UTF8.GetString(text) : $"{Encoding.UTF8.GetString(text[..60])}…";

    private ReadOnlySpan<byte> TextAt(int index) => Source.Bytes.Slice(_tokens[index].Start, _tokens[index].Length);

    private bool Skip(bool condition, int tokens)
    {
        if (condition)
            Position += tokens;
        return condition;
    }
}
