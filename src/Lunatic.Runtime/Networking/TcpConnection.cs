using System.Net;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>
/// A TCP connection. Bytes go straight between the guest's memory and the system, in calls that do not block. A process that has to wait to read waits for
/// the system's notice that there is something, which needs no buffer.
/// </summary>
internal sealed class TcpConnection : Connection
{
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _notice = new(true);
    private readonly OutgoingBytes _outgoing;
    private readonly OutgoingBytes.DirectSend _direct;
    private SocketError _readError;

    /// <summary>Takes a connected socket over.</summary>
    public TcpConnection(NetworkServices network, Socket socket)
        : base(network)
    {
        _socket = socket;
        Sockets.Prepare(socket, isBlocking: false);
        _notice.Completed += (_, _) => EndNotice(isSignal: true);
        _outgoing = new OutgoingBytes(Writing, SendAsync);
        _direct = SendNow;
    }

    public override IPEndPoint PeerAddress => (IPEndPoint)_socket.RemoteEndPoint!;

    public override IoResult TryRead(Span<byte> target, bool peek)
    {
        if (target.IsEmpty)
            return IoResult.Done(0);
        if (_readError is not SocketError.Success)
            return IoResult.Of(_readError, 0);
        int count = _socket.Receive(target, peek ? SocketFlags.Peek : SocketFlags.None, out SocketError error);
        return IoResult.Of(error, count);
    }

    public override bool PrepareRead()
    {
        if (!Reading.TryAwaitNotice())
            return false;
        if (_socket.ReceiveAsync(_notice))
            return false;
        EndNotice(isSignal: false);
        return true;
    }

    public override IoResult TryWrite(ReadOnlySpan<byte> data) => _outgoing.TryWrite(data, _direct);

    public override IoResult TryFlush() => _outgoing.State;

    public override bool PrepareWrite() => _outgoing.IsFree;

    protected override async ValueTask CloseAsync()
    {
        await _outgoing.CloseAsync(NetworkServices.Linger, Network.Time).ConfigureAwait(false);
        if (Reading.AwaitsNotice)
            Sockets.EndSending(_socket);
        _socket.Dispose();
        _notice.Dispose();
    }

    // an error is told once by the system, here: it is kept for the one who reads
    private void EndNotice(bool isSignal)
    {
        if (_notice.SocketError is not (SocketError.Success or SocketError.OperationAborted))
            _readError = _notice.SocketError;
        if (isSignal)
            Reading.Signal(isNotice: true);
        else
            Reading.Noticed();
    }

    private IoResult SendNow(ReadOnlySpan<byte> data)
    {
        int count = _socket.Send(data, SocketFlags.None, out SocketError error);
        return IoResult.Of(error, count);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        while (!data.IsEmpty)
            data = data[await _socket.SendAsync(data, SocketFlags.None, cancellation).ConfigureAwait(false)..];
    }
}
