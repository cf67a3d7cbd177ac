using System.Text;
using Lunatic.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Wasi.Stdio;

/// <summary>Logs what is written, line by line. Used by one thread at a time, as <see cref="StandardOutput"/> sees to.</summary>
internal sealed class LogStream(ILogger logger, LogLevel level) : OutputStream
{
    private const int MaxLine = 16 << 10;

    private readonly List<byte> _line = [];

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Take(buffer[..end]);
            EndLine();
            buffer = buffer[(end + 1)..];
        }
        Take(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Count > 0)
            EndLine();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> part)
    {
        while (_line.Count + part.Length > MaxLine)
        {
            int room = MaxLine - _line.Count;
            _line.AddRange(part[..room]);
            part = part[room..];
            EndLine();
        }
        _line.AddRange(part);
    }

    private void EndLine()
    {
        Log.GuestPrinted(logger, level, Encoding.UTF8.GetString([.. _line]).TrimEnd('\r'));
        _line.Clear();
    }
}
