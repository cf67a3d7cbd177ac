using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>Lines of places that are asked for in ascending order, in linear time for all of them.</summary>
internal sealed class LineCounter(SourceText source)
{
    private int _offset;
    private int _line = 1;

    public int LineOf(int offset)
    {
        ReadOnlySpan<byte> text = source.Bytes;
        for (; _offset < offset; _offset++)
        {
            byte current = text[_offset];
            if (current == '\n' || (current == '\r' && (_offset + 1 >= text.Length || text[_offset + 1] != '\n')))
                _line++;
        }
        return _line;
    }
}
