using System.Net.Sockets;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest accepts a TCP connection.</summary>
internal sealed class TcpAccept(GuestProcess process) : LaneOperation(process)
{
    private TcpAcceptor _acceptor = null!;
    private int _streamPointer;
    private int _peerPointer;
    private Socket? _accepted;

    /// <summary>Accepts: 0, the ids of the stream and of an iterator with the peer's address are written; 1, an error's id and 0 are. Traps on a bad pointer.</summary>
    public int Begin(ProcessContext context, TcpAcceptor acceptor, int streamPointer, int peerPointer)
    {
        if (!context.CanWriteInt64(streamPointer) || !context.CanWriteInt64(peerPointer))
            return 0;
        _acceptor = acceptor;
        _streamPointer = streamPointer;
        _peerPointer = peerPointer;
        return Start(context, acceptor.Accepting, Connection.NoTimeout);
    }

    protected override IoResult Try(ProcessContext context) => _acceptor.TryAccept(out _accepted);

    protected override bool Prepare() => _acceptor.PrepareAccept();

    protected override int Finish(ProcessContext context, IoResult result)
    {
        if (result.Status is IoStatus.Failed)
        {
            context.TryWriteInt64(_peerPointer, 0);
            return context.Fail(_streamPointer, result.Error!);
        }
        var connection = new TcpConnection(context.Services.Network, _accepted!);
        _accepted = null;
        context.Succeed(_peerPointer, connection.PeerAddress);
        return context.Succeed(_streamPointer, context.Sockets.TcpStreams.Add(connection));
    }
}
