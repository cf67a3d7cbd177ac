namespace Lunatic.Wasm.Text;

/// <summary>A token as a piece of the text.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length);
