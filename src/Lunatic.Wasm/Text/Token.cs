namespace Lunatic.Wasm.Text;

/// <summary>A token as a piece of the text. Eight bytes, since a text has millions.</summary>
internal readonly struct Token(TokenKind kind, int start, int length)
{
    private const int KindBits = 3;

    // SourceText.MaxLength leaves room for the kind
    private readonly uint _lengthAndKind = ((uint)length << KindBits) | (uint)kind;

    public TokenKind Kind => (TokenKind)(_lengthAndKind & ((1u << KindBits) - 1));

    /// <summary>Offset of the first byte.</summary>
    public int Start { get; } = start;

    /// <summary>Length in bytes.</summary>
    public int Length => (int)(_lengthAndKind >> KindBits);
}
