using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Lunatic.Wasm.Text;

/// <summary>A text with what errors need: places as line and column.</summary>
internal sealed class SourceText
{
    /// <summary>Longest text that is read (256 MiB). Its tokens take up to eight times as much memory, two to three times in usual texts.</summary>
    public const int MaxLength = (1 << 28) - 1;

    private const int CheckpointDistance = 4096;

    private readonly byte[] _bytes;

    // places at every so many bytes: a script may ask for a place a thousand times
    private readonly Lazy<(int Line, int Column)[]> _checkpoints;

    /// <summary>Takes over the bytes and checks that they are UTF-8.</summary>
    public SourceText(byte[] bytes)
    {
        _bytes = bytes;
        _checkpoints = new Lazy<(int, int)[]>(FindCheckpoints);
        if (bytes.Length > MaxLength)
            throw new WasmMalformedException($"text is longer than {MaxLength} bytes", 1, 1);
        if (!Utf8.IsValid(bytes))
            throw Malformed("malformed UTF-8 encoding", FirstInvalid(bytes));
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Line and column of a byte, both from 1; a column is a Unicode scalar, a line ends with LF, CR or both.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int checkpoint = offset / CheckpointDistance;
        return Advance(_checkpoints.Value[checkpoint], checkpoint * CheckpointDistance, offset);
    }

    public WasmMalformedException Malformed(string message, int offset)
    {
        (int line, int column) = Locate(offset);
        return new WasmMalformedException(message, line, column);
    }

    private (int Line, int Column)[] FindCheckpoints()
    {
        var places = new (int Line, int Column)[(_bytes.Length / CheckpointDistance) + 1];
        places[0] = (1, 1);
        for (int i = 1; i < places.Length; i++)
            places[i] = Advance(places[i - 1], (i - 1) * CheckpointDistance, i * CheckpointDistance);
        return places;
    }

    private (int Line, int Column) Advance((int Line, int Column) place, int from, int to)
    {
        (int line, int column) = place;
        for (int i = from; i < to; i++)
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

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out int consumed) == OperationStatus.Done)
            position += consumed;
        return position;
    }
}
