using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest accepts a TLS connection.</summary>
internal sealed class TlsAccept(GuestProcess process) : AcceptOperation<TlsConnection>(process)
{
    private TlsAcceptor _acceptor = null!;
    private TlsConnection? _accepted;

    /// <summary>As <see cref="TcpAccept.Begin"/>; 1 also when the handshake of a client failed.</summary>
    public int Begin(ProcessContext context, TlsAcceptor acceptor, int streamPointer, int peerPointer)
    {
        if (!CanWrite(context, streamPointer, peerPointer))
            return 0;
        _acceptor = acceptor;
        return Start(context, acceptor.Accepting, streamPointer, peerPointer);
    }

    protected override IoResult Try(ProcessContext context)
    {
        if (!_acceptor.TryAccept(out TlsArrival arrival))
            return IoResult.WouldBlock;
        _accepted = arrival.Connection;
        return _accepted is null ? IoResult.Failed(arrival.Error!) : IoResult.Done(0);
    }

    protected override bool Prepare() => _acceptor.PrepareAccept();

    protected override TlsConnection TakeAccepted(ProcessContext context)
    {
        TlsConnection connection = _accepted!;
        _accepted = null;
        return connection;
    }

    protected override ResourceTable<TlsConnection> StreamsOf(ProcessContext context) => context.Sockets.TlsStreams;
}
