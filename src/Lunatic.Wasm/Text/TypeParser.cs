namespace Lunatic.Wasm.Text;

/// <summary>Parses types and writes them in the binary format.</summary>
internal sealed class TypeParser(TokenReader tokens, ModuleScope scope)
{
    private const byte NullableReference = 0x63;
    private const byte Reference = 0x64;

    /// <summary>Whether a value type can begin at the current token.</summary>
    public bool IsValueType => tokens.IsOpen("ref"u8) || (tokens.Kind == TokenKind.Atom && Shorthand(tokens.Text) != 0);

    public void ValueType(ByteBuffer output)
    {
        byte shorthand = tokens.Kind == TokenKind.Atom ? Shorthand(tokens.Text) : (byte)0;
        if (shorthand == 0)
        {
            ReferenceType(output, "a value type");
            return;
        }
        tokens.Position++;
        output.WriteByte(shorthand);
    }

    public void ReferenceType(ByteBuffer output, string expected = "a reference type")
    {
        byte shorthand = tokens.Kind == TokenKind.Atom ? Shorthand(tokens.Text) : (byte)0;
        if (shorthand is > 0 and < 0x7B)
        {
            tokens.Position++;
            output.WriteByte(shorthand);
            return;
        }
        if (!tokens.TryOpen("ref"u8))
            throw tokens.Unexpected(expected);
        bool nullable = tokens.TryKeyword("null"u8);
        byte heapType = tokens.Kind == TokenKind.Atom ? AbstractHeap(tokens.Text) : (byte)0;
        // (ref null func) is funcref: one encoding, so that equal types have equal bytes
        if (!nullable || heapType == 0)
            output.WriteByte(nullable ? NullableReference : Reference);
        HeapType(output);
        tokens.Close();
    }

    public void HeapType(ByteBuffer output)
    {
        byte code = tokens.Kind == TokenKind.Atom ? AbstractHeap(tokens.Text) : (byte)0;
        if (code != 0)
        {
            tokens.Position++;
            output.WriteByte(code);
            return;
        }
        if (!tokens.IsIndex)
            throw tokens.Unexpected("a heap type");
        output.WriteSigned(scope.Types.Read(tokens));
    }

    public void GlobalType(ByteBuffer output)
    {
        bool mutable = tokens.TryOpen("mut"u8);
        ValueType(output);
        output.WriteByte(mutable ? (byte)1 : (byte)0);
        if (mutable)
            tokens.Close();
    }

    /// <summary>Reference type, then limits (in the text they stand the other way round).</summary>
    public void TableType(ByteBuffer output)
    {
        var limits = new ByteBuffer();
        Limits(limits);
        ReferenceType(output);
        output.WriteBytes(limits.Written);
    }

    /// <summary>Address type (i32 when not given), minimum, and perhaps a maximum.</summary>
    public void Limits(ByteBuffer output)
    {
        int flags = AddressTypeFlag();
        ulong minimum = tokens.Unsigned64();
        if (tokens.Kind == TokenKind.Atom && Characters.IsDigit(tokens.Text[0]))
        {
            output.WriteByte((byte)(flags | 1));
            output.WriteUnsigned(minimum);
            output.WriteUnsigned(tokens.Unsigned64());
            return;
        }
        output.WriteByte((byte)flags);
        output.WriteUnsigned(minimum);
    }

    /// <summary>Reads an optional address type; the flag of the limits' encoding that it stands for.</summary>
    public int AddressTypeFlag()
    {
        if (tokens.TryKeyword("i64"u8))
            return 4;
        tokens.TryKeyword("i32"u8);
        return 0;
    }

    private static byte Shorthand(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'i', (byte)'3', (byte)'2'] => 0x7F,
        [(byte)'i', (byte)'6', (byte)'4'] => 0x7E,
        [(byte)'f', (byte)'3', (byte)'2'] => 0x7D,
        [(byte)'f', (byte)'6', (byte)'4'] => 0x7C,
        _ when text.SequenceEqual("v128"u8) => 0x7B,
        _ when text.SequenceEqual("nullfuncref"u8) => 0x73,
        _ when text.SequenceEqual("nullexternref"u8) => 0x72,
        _ when text.SequenceEqual("nullexnref"u8) => 0x74,
        _ when text.SequenceEqual("nullref"u8) => 0x71,
        _ when text.EndsWith("ref"u8) => AbstractHeap(text[..^3]) is >= 0x69 and <= 0x70 and byte code ? code : (byte)0,
        _ => 0,
    };

    private static byte AbstractHeap(ReadOnlySpan<byte> text) => text switch
    {
        _ when text.SequenceEqual("func"u8) => 0x70,
        _ when text.SequenceEqual("extern"u8) => 0x6F,
        _ when text.SequenceEqual("any"u8) => 0x6E,
        _ when text.SequenceEqual("eq"u8) => 0x6D,
        _ when text.SequenceEqual("i31"u8) => 0x6C,
        _ when text.SequenceEqual("struct"u8) => 0x6B,
        _ when text.SequenceEqual("array"u8) => 0x6A,
        _ when text.SequenceEqual("exn"u8) => 0x69,
        _ when text.SequenceEqual("noexn"u8) => 0x74,
        _ when text.SequenceEqual("nofunc"u8) => 0x73,
        _ when text.SequenceEqual("noextern"u8) => 0x72,
        _ when text.SequenceEqual("none"u8) => 0x71,
        _ => 0,
    };
}
