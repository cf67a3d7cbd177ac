using System.Net;

namespace Lunatic.Runtime.Networking;

/// <summary>
/// A stream of bytes to a peer, with or without TLS. Attempts never block; what a process has to wait for it waits for in a lane. Bytes that
/// arrive stay with the connection until somebody reads them: whoever times out or dies takes none along.
/// </summary>
internal abstract class Connection(NetworkServices network) : SharedSocket(network)
{
    /// <summary>No time limit.</summary>
    public const long NoTimeout = -1;

    /// <summary>Most bytes that one call moves, so that none occupies its thread for long.</summary>
    public const int MaxTransfer = 1 << 20;

    private long _readTimeout = NoTimeout;
    private long _writeTimeout = NoTimeout;
    private long _peekTimeout = NoTimeout;

    /// <summary>The processes that read.</summary>
    public Lane Reading { get; } = new();

    /// <summary>The processes that write.</summary>
    public Lane Writing { get; } = new();

    /// <summary>Milliseconds that reads take at most. All holders see the same.</summary>
    public long ReadTimeout
    {
        get => Volatile.Read(ref _readTimeout);
        set => Volatile.Write(ref _readTimeout, value);
    }

    /// <summary>Milliseconds that writes take at most.</summary>
    public long WriteTimeout
    {
        get => Volatile.Read(ref _writeTimeout);
        set => Volatile.Write(ref _writeTimeout, value);
    }

    /// <summary>Milliseconds that looks ahead take at most.</summary>
    public long PeekTimeout
    {
        get => Volatile.Read(ref _peekTimeout);
        set => Volatile.Write(ref _peekTimeout, value);
    }

    /// <summary>The peer's address.</summary>
    public abstract IPEndPoint PeerAddress { get; }

    /// <summary>Reads what is there, 0 bytes at the end of the stream; or looks at it and leaves it there.</summary>
    public abstract IoResult TryRead(Span<byte> target, bool peek);

    /// <summary>Makes sure that <see cref="Reading"/> is signalled when a read is worth while.</summary>
    /// <returns>True: it is already, and nobody will be signalled.</returns>
    public abstract bool PrepareRead();

    /// <summary>Takes bytes to be sent, at least one unless there are none. What is taken is sent even if its writer is gone.</summary>
    public abstract IoResult TryWrite(ReadOnlySpan<byte> data);

    /// <summary>Whether what was written has left for the system; or why it cannot.</summary>
    public abstract IoResult TryFlush();

    /// <summary>Whether a write is worth while; if not, <see cref="Writing"/> is signalled when it is.</summary>
    public abstract bool PrepareWrite();
}
