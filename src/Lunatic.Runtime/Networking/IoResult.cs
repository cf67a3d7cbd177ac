using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>The outcome of an attempt to move bytes.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Count">Bytes that were moved; 0 unless <see cref="IoStatus.Done"/>.</param>
/// <param name="Error">What went wrong, for the guest, with <see cref="IoStatus.Failed"/>.</param>
internal readonly record struct IoResult(IoStatus Status, int Count, string? Error)
{
    /// <summary>Nothing can be moved now.</summary>
    public static IoResult WouldBlock { get; } = new(IoStatus.WouldBlock, 0, null);

    /// <summary>Some bytes were moved.</summary>
    public static IoResult Done(int count) => new(IoStatus.Done, count, null);

    /// <summary>The socket or its peer failed.</summary>
    public static IoResult Failed(string error) => new(IoStatus.Failed, 0, error);

    /// <summary>The outcome of a call to a socket that is not blocking.</summary>
    public static IoResult Of(SocketError error, int count) => error switch
    {
        SocketError.Success => Done(count),
        SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted => WouldBlock,
        _ => Failed(NetworkErrors.TextOf(error)),
    };
}
