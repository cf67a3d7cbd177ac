using System.Runtime.CompilerServices;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.Stdio;

/// <summary>
/// Where standard output or error of guests goes: a stream of the host, shared by many processes. What one process writes in one call is not
/// torn by what others write.
/// </summary>
internal sealed class StandardOutput(Stream stream)
{
    private static readonly ConditionalWeakTable<Stream, StandardOutput> ByStream = [];

    private readonly Lock _lock = new();

    /// <summary>Whether a person reads it.</summary>
    public bool IsTerminal { get; } = HostConsole.IsTerminal(stream);

    /// <summary>The one output over a stream, whoever asks.</summary>
    public static StandardOutput Over(Stream stream) => ByStream.GetValue(stream, static stream => new StandardOutput(stream));

    /// <summary>Writes all bytes and hands them on at once.</summary>
    public Errno Write(ReadOnlySpan<byte> data)
    {
        try
        {
            lock (_lock)
            {
                stream.Write(data);
                stream.Flush();
            }
            return Errno.Success;
        }
        catch (IOException)
        {
            return Errno.Io;
        }
        catch (ObjectDisposedException)
        {
            // the application closed its stream: as if nobody read it any more
            return Errno.Pipe;
        }
    }
}
