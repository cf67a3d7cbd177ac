using System.Net.Sockets;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest accepts a TCP connection.</summary>
internal sealed class TcpAccept(GuestProcess process) : AcceptOperation<TcpConnection>(process)
{
    private TcpAcceptor _acceptor = null!;
    private Socket? _accepted;

    /// <summary>Accepts: 0, the ids of the stream and of an iterator with the peer's address are written; 1, an error's id and 0 are. Traps on a bad pointer.</summary>
    public int Begin(ProcessContext context, TcpAcceptor acceptor, int streamPointer, int peerPointer)
    {
        if (!CanWrite(context, streamPointer, peerPointer))
            return 0;
        _acceptor = acceptor;
        return Start(context, acceptor.Accepting, streamPointer, peerPointer);
    }

    protected override IoResult Try(ProcessContext context) => _acceptor.TryAccept(out _accepted);

    protected override bool Prepare() => _acceptor.PrepareAccept();

    protected override TcpConnection TakeAccepted(ProcessContext context)
    {
        var connection = new TcpConnection(context.Environment.Network, _accepted!);
        _accepted = null;
        return connection;
    }

    protected override ResourceTable<TcpConnection> StreamsOf(ProcessContext context) => context.Sockets.TcpStreams;
}
