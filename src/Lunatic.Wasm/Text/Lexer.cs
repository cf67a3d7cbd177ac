namespace Lunatic.Wasm.Text;

/// <summary>Cuts a text into tokens (specification 6.3). Linear in time and memory, no recursion.</summary>
internal sealed partial class Lexer
{
    private readonly SourceText _source;
    private Token[] _tokens = new Token[64];
    private int _count;
    private int _position;

    private Lexer(SourceText source) => _source = source;

    private ReadOnlySpan<byte> Text => _source.Bytes;

    /// <summary>All tokens of the text, behind them one of kind <see cref="TokenKind.End"/> (and perhaps unused room).</summary>
    public static Token[] Tokenize(SourceText source)
    {
        var lexer = new Lexer(source);
        while (lexer.SkipSpace())
            lexer.ReadToken();
        lexer.Add(new Token(TokenKind.End, source.Bytes.Length, 0));
        return lexer._tokens;
    }

    private void Add(Token token)
    {
        if (_count == _tokens.Length)
            Array.Resize(ref _tokens, (int)Math.Min(Array.MaxLength, 2L * _count));
        _tokens[_count++] = token;
    }

    private void ReadToken()
    {
        int start = _position;
        switch (Text[start])
        {
            case (byte)'(' when Peek(1) == '@':
                SkipAnnotation();
                return;
            case (byte)'(':
                _position++;
                Add(new Token(TokenKind.Open, start, 1));
                return;
            case (byte)')':
                _position++;
                Add(new Token(TokenKind.Close, start, 1));
                return;
            default:
                TokenKind kind = ReadWord();
                Add(new Token(kind, start, _position - start));
                return;
        }
    }

    /// <summary>Moves over white space and comments; false at the end of the text.</summary>
    private bool SkipSpace()
    {
        while (_position < Text.Length)
        {
            switch (Text[_position])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r':
                    _position++;
                    break;
                case (byte)';' when Peek(1) == ';':
                    int length = Text[_position..].IndexOfAny((byte)'\n', (byte)'\r');
                    _position = length < 0 ? Text.Length : _position + length;
                    break;
                case (byte)'(' when Peek(1) == ';':
                    SkipBlockComment();
                    break;
                default:
                    return true;
            }
        }
        return false;
    }

    private void SkipBlockComment()
    {
        int start = _position;
        long depth = 0;
        do
        {
            int next = Text[_position..].IndexOfAny((byte)'(', (byte)';');
            if (next < 0)
                throw _source.Malformed("unclosed comment", start);
            _position += next;
            if (Text[_position] == '(' && Peek(1) == ';')
            {
                depth++;
                _position += 2;
            }
            else if (Text[_position] == ';' && Peek(1) == ')')
            {
                depth--;
                _position += 2;
            }
            else
            {
                _position++;
            }
        }
        while (depth > 0);
    }

    /// <summary>
    /// Reads characters that stand together. Only a single run of identifier characters, a single string or
    /// <c>$</c> with a single string are tokens; strings and words without space between them are reserved.
    /// </summary>
    private TokenKind ReadWord()
    {
        int start = _position;
        int parts = 0;
        TokenKind kind = TokenKind.Reserved;
        while (_position < Text.Length)
        {
            byte current = Text[_position];
            if (current == '"')
            {
                kind = TokenKind.String;
                ReadString(isId: false);
                parts++;
            }
            else if (Characters.IsIdentifier(current))
            {
                kind = ReadName();
                parts++;
            }
            else
            {
                break;
            }
        }
        if (parts == 0)
            return ReadPunctuation();
        if (parts > 1)
            return TokenKind.Reserved;
        if (kind == TokenKind.Id && _position - start == 1)
            throw _source.Malformed("empty identifier", start);
        return kind;
    }

    private TokenKind ReadName()
    {
        int start = _position;
        while (_position < Text.Length && Characters.IsIdentifier(Text[_position]))
            _position++;
        if (Text[start] != '$')
            return TokenKind.Atom;
        if (_position - start == 1 && Peek(0) == '"')
            ReadString(isId: true);
        return TokenKind.Id;
    }

    private TokenKind ReadPunctuation()
    {
        if (Text[_position] is not ((byte)',' or (byte)';' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}'))
            throw _source.Malformed("illegal character", _position);
        _position++;
        return TokenKind.Reserved;
    }

    /// <summary>Moves behind the closing quote. What the escapes mean is for <see cref="StringLiteral"/>.</summary>
    private void ReadString(bool isId)
    {
        int start = _position++;
        while (true)
        {
            int current = Peek(0);
            switch (current)
            {
                case '"':
                    _position++;
                    if (isId && _position - start == 2)
                        throw _source.Malformed("empty identifier", start);
                    return;
                case '\\' when Peek(1) >= 0x20:
                    _position += 2;
                    break;
                case < 0x20 or 0x7F when isId:
                    throw _source.Malformed("empty identifier", start);
                case < 0 or '\n' or '\r':
                    throw _source.Malformed("unclosed string", start);
                case < 0x20 or 0x7F:
                    throw _source.Malformed("illegal control character in string", _position);
                default:
                    _position++;
                    break;
            }
        }
    }

    private int Peek(int distance) => _position + distance < Text.Length ? Text[_position + distance] : -1;
}
