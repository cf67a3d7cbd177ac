using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest accepts a TLS connection.</summary>
internal sealed class TlsAccept(GuestProcess process) : LaneOperation(process)
{
    private TlsAcceptor _acceptor = null!;
    private int _streamPointer;
    private int _peerPointer;
    private TlsConnection? _accepted;

    /// <summary>As <see cref="TcpAccept.Begin"/>; 1 also when the handshake of a client failed.</summary>
    public int Begin(ProcessContext context, TlsAcceptor acceptor, int streamPointer, int peerPointer)
    {
        if (!context.CanWriteInt64(streamPointer) || !context.CanWriteInt64(peerPointer))
            return 0;
        _acceptor = acceptor;
        _streamPointer = streamPointer;
        _peerPointer = peerPointer;
        return Start(context, acceptor.Accepting, Connection.NoTimeout);
    }

    protected override IoResult Try(ProcessContext context)
    {
        if (!_acceptor.TryAccept(out TlsArrival arrival))
            return IoResult.WouldBlock;
        _accepted = arrival.Connection;
        return _accepted is null ? IoResult.Failed(arrival.Error!) : IoResult.Done(0);
    }

    protected override bool Prepare() => _acceptor.PrepareAccept();

    protected override int Finish(ProcessContext context, IoResult result)
    {
        if (result.Status is IoStatus.Failed)
        {
            context.TryWriteInt64(_peerPointer, 0);
            return context.Fail(_streamPointer, result.Error!);
        }
        TlsConnection connection = _accepted!;
        _accepted = null;
        context.Succeed(_peerPointer, connection.PeerAddress);
        return context.Succeed(_streamPointer, context.Sockets.TlsStreams.Add(connection));
    }
}
