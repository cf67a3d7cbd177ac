namespace Lunatic.Wasm.Text;

/// <summary>Modules in the text format (specification 6).</summary>
internal static class TextModule
{
    /// <summary>
    /// Writes a text module in the binary format. The text is <c>(module …)</c>, also in its forms <c>binary</c> and <c>quote</c>, or the
    /// fields alone. Throws <see cref="WasmMalformedException"/> with line and column. Whether the module is valid is not checked here.
    /// </summary>
    public static byte[] Encode(ReadOnlySpan<byte> utf8)
    {
        var tokens = new TokenReader(new SourceText(utf8.ToArray()));
        byte[] module = tokens.TryOpen("module"u8) ? EncodeModule(tokens) : ModuleParser.ParseFields(tokens, moduleName: null);
        if (tokens.Kind != TokenKind.End)
            throw tokens.Unexpected("the end of the text");
        return module;
    }

    /// <summary>Encodes what stands behind <c>(module</c>, up to and with the closing parenthesis.</summary>
    public static byte[] EncodeModule(TokenReader tokens)
    {
        string? name = tokens.OptionalId();
        byte[] module;
        if (tokens.TryKeyword("binary"u8))
            module = Strings(tokens);
        else if (tokens.TryKeyword("quote"u8))
            module = Encode(Strings(tokens));
        else
            module = ModuleParser.ParseFields(tokens, name);
        tokens.Close();
        return module;
    }

    private static byte[] Strings(TokenReader tokens)
    {
        var bytes = new ByteBuffer();
        tokens.Strings(bytes);
        return bytes.ToArray();
    }
}
