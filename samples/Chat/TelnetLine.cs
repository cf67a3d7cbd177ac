using System.Net.Sockets;
using System.Text;

namespace Chat;

/// <summary>A telnet client: lines of text.</summary>
internal sealed class TelnetLine(NetworkStream stream) : IChatLine
{
    private readonly byte[] _buffer = new byte[IChatLine.MaxLength];
    private int _length;

    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _length).IndexOf((byte)'\n')) < 0)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            // the end, or a line that is too long
            if (read == 0)
                return null;
            _length += read;
        }
        string line = Encoding.UTF8.GetString(_buffer, 0, end).TrimEnd('\r');
        _length -= end + 1;
        _buffer.AsSpan(end + 1, _length).CopyTo(_buffer);
        return line;
    }

    public async Task WriteAsync(string line, CancellationToken cancellationToken) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
}
