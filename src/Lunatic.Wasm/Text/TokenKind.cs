namespace Lunatic.Wasm.Text;

/// <summary>Kinds of tokens. White space, comments and annotations are none.</summary>
internal enum TokenKind : byte
{
    /// <summary>After the last token.</summary>
    End,

    /// <summary><c>(</c></summary>
    Open,

    /// <summary><c>)</c></summary>
    Close,

    /// <summary>A keyword or a number: which of them, the parser asks.</summary>
    Atom,

    /// <summary><c>$name</c> or <c>$"name"</c></summary>
    Id,

    /// <summary>A string with its quotes.</summary>
    String,

    /// <summary>Characters that stand together but are no token of the format.</summary>
    Reserved,
}
