using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Lunatic.Wasm.Text;

/// <summary>A text with what errors need: places as line and column.</summary>
internal sealed class SourceText
{
    /// <summary>Longest text that is read (256 MiB); its tokens take about three times as much memory.</summary>
    public const int MaxLength = 1 << 28;

    private readonly byte[] _bytes;

    /// <summary>Takes over the bytes and checks that they are UTF-8.</summary>
    public SourceText(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length > MaxLength)
            throw new WasmMalformedException($"text is longer than {MaxLength} bytes", 1, 1);
        if (!Utf8.IsValid(bytes))
            throw Malformed("malformed UTF-8 encoding", FirstInvalid(bytes));
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Line and column of a byte, both from 1; a column is a Unicode scalar, a line ends with LF, CR or both.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int line = 1, column = 1;
        for (int i = 0; i < offset; i++)
        {
            byte current = _bytes[i];
            bool endsLine = current == '\n' || (current == '\r' && (i + 1 >= _bytes.Length || _bytes[i + 1] != '\n'));
            if (endsLine)
                (line, column) = (line + 1, 1);
            else if ((current & 0xC0) != 0x80)
                column++;
        }
        return (line, column);
    }

    public WasmMalformedException Malformed(string message, int offset)
    {
        (int line, int column) = Locate(offset);
        return new WasmMalformedException(message, line, column);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out int consumed) == OperationStatus.Done)
            position += consumed;
        return position;
    }
}
