using System.Text;
using System.Text.Unicode;

namespace Lunatic.Wasm.Text;

/// <summary>What a string token stands for: bytes, or a name in UTF-8.</summary>
internal static class StringLiteral
{
    /// <summary>Appends the bytes of a string token.</summary>
    public static void Decode(SourceText source, Token token, ByteBuffer output)
    {
        ReadOnlySpan<byte> text = source.Bytes;
        int position = token.Start + 1, end = token.Start + token.Length - 1;
        while (position < end)
        {
            int plain = text[position..end].IndexOf((byte)'\\');
            if (plain != 0)
            {
                int length = plain < 0 ? end - position : plain;
                output.WriteBytes(text.Slice(position, length));
                position += length;
                continue;
            }
            position = DecodeEscape(source, position, end, output);
        }
    }

    /// <summary>The name that a string token stands for.</summary>
    public static string DecodeName(SourceText source, Token token)
    {
        ReadOnlySpan<byte> inner = source.Bytes.Slice(token.Start + 1, token.Length - 2);
        if (!inner.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(inner);
        var bytes = new ByteBuffer();
        Decode(source, token, bytes);
        if (!Utf8.IsValid(bytes.Written))
            throw source.Malformed("malformed UTF-8 encoding", token.Start);
        return Encoding.UTF8.GetString(bytes.Written);
    }

    private static int DecodeEscape(SourceText source, int position, int end, ByteBuffer output)
    {
        ReadOnlySpan<byte> text = source.Bytes[..end];
        byte kind = text[position + 1];
        switch (kind)
        {
            case (byte)'t':
                output.WriteByte((byte)'\t');
                return position + 2;
            case (byte)'n':
                output.WriteByte((byte)'\n');
                return position + 2;
            case (byte)'r':
                output.WriteByte((byte)'\r');
                return position + 2;
            case (byte)'"' or (byte)'\'' or (byte)'\\':
                output.WriteByte(kind);
                return position + 2;
            case (byte)'u':
                return DecodeUnicode(source, position, end, output);
            default:
                int high = Characters.HexDigit(kind);
                int low = position + 2 < end ? Characters.HexDigit(text[position + 2]) : -1;
                if (high < 0 || low < 0)
                    throw source.Malformed("illegal escape", position);
                output.WriteByte((byte)((high << 4) | low));
                return position + 3;
        }
    }

    private static int DecodeUnicode(SourceText source, int start, int end, ByteBuffer output)
    {
        ReadOnlySpan<byte> text = source.Bytes[..end];
        int close = text[start..].IndexOf((byte)'}');
        if (close < 0 || text[start + 2] != '{'
            || !IntegerLiteral.TryParseDigits(text[(start + 3)..(start + close)], hexadecimal: true, out ulong scalar, out bool fits))
            throw source.Malformed("illegal escape", start);
        if (!fits || scalar > 0x10FFFF || !Rune.TryCreate((uint)scalar, out Rune rune))
            throw source.Malformed("malformed UTF-8 encoding", start);
        Span<byte> encoded = stackalloc byte[4];
        output.WriteBytes(encoded[..rune.EncodeToUtf8(encoded)]);
        return start + close + 1;
    }
}
