namespace Lunatic.Wasm.Text;

/// <summary>Annotations <c>(@id …)</c>: their tokens are checked and then ignored, as the specification allows.</summary>
internal sealed partial class Lexer
{
    private void SkipAnnotation()
    {
        int start = _position;
        _position += 2;
        ReadAnnotationId(start);
        long depth = 1;
        while (depth > 0)
        {
            if (!SkipSpace())
                throw _source.Malformed("unclosed annotation", start);
            switch (Text[_position])
            {
                case (byte)'(':
                    depth++;
                    _position++;
                    break;
                case (byte)')':
                    depth--;
                    _position++;
                    break;
                case (byte)'"':
                    ReadString(isId: false);
                    break;
                case (byte)'$':
                    _position++;
                    break;
                default:
                    SkipAnnotationWord();
                    break;
            }
        }
    }

    private void ReadAnnotationId(int start)
    {
        int idStart = _position;
        if (Peek(0) == '"')
        {
            if (!IsStringOnOneLine())
                throw _source.Malformed("empty annotation id", start);
            ReadString(isId: false);
            if (_position - idStart == 2)
                throw _source.Malformed("empty annotation id", start);
            StringLiteral.DecodeName(_source, new Token(TokenKind.String, idStart, _position - idStart));
            return;
        }
        while (_position < Text.Length && Characters.IsIdentifier(Text[_position]))
            _position++;
        if (_position == idStart)
            throw _source.Malformed("empty annotation id", start);
    }

    private bool IsStringOnOneLine()
    {
        int end = Text[(_position + 1)..].IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
        return end >= 0 && Text[_position + 1 + end] == '"';
    }

    private void SkipAnnotationWord()
    {
        if (!Characters.IsIdentifier(Text[_position]))
        {
            ReadPunctuation();
            return;
        }
        while (_position < Text.Length && Characters.IsIdentifier(Text[_position]))
            _position++;
    }
}
