using System.Net;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

// TCP listeners and streams. Clones of a stream share everything; its connection is closed with the last of them.
internal static partial class NetworkingApi
{
    private const string TcpListener = "tcp listener";
    private const string TcpStream = "tcp stream";

    /// <summary>Listens at an address, port 0 for any: the listener's id.</summary>
    [HostFunction("tcp_bind")]
    public static int TcpBind(ProcessContext context, int type, int octets, int port, int flow, int scope, int idPointer)
    {
        if (!GuestAddress.TryRead(context, type, octets, port, scope, out IPEndPoint address) || !context.CanWriteInt64(idPointer))
            return 0;
        return Open(context, idPointer, context.Sockets.TcpListeners, () => new TcpAcceptor(context.Environment.Network, address));
    }

    /// <summary>Closes a listener.</summary>
    [HostFunction("drop_tcp_listener")]
    public static void DropTcpListener(ProcessContext context, long listenerId) => Drop(context, context.Sockets.TcpListeners, listenerId, TcpListener);

    /// <summary>An iterator with the address of a listener.</summary>
    [HostFunction("tcp_local_addr")]
    public static int TcpLocalAddress(ProcessContext context, long listenerId, int idPointer) =>
        context.TryFind(context.Sockets.TcpListeners, listenerId, TcpListener, out TcpAcceptor? acceptor)
            ? Describe(context, idPointer, () => acceptor.LocalAddress)
            : 0;

    /// <summary>Waits for a connection: 0, the ids of the stream and of an iterator with the peer's address; 1, an error's id and 0.</summary>
    [HostFunction("tcp_accept")]
    public static int TcpAccept(ProcessContext context, long listenerId, int idPointer, int peerPointer) =>
        context.TryFind(context.Sockets.TcpListeners, listenerId, TcpListener, out TcpAcceptor? acceptor)
            ? context.TcpAccepting.Begin(context, acceptor, idPointer, peerPointer)
            : 0;

    /// <summary>Connects to an address: the stream's id.</summary>
    [HostFunction("tcp_connect")]
    public static int TcpConnect(ProcessContext context, int type, int octets, int port, int flow, int scope, long timeout, int idPointer)
    {
        if (!GuestAddress.TryRead(context, type, octets, port, scope, out IPEndPoint address) || !context.CanWriteInt64(idPointer))
            return 0;
        NetworkServices network = context.Environment.Network;
        if (network.Refusal is { } refusal)
            return context.Fail(idPointer, refusal);
        return TaskOperation<TcpConnection>.Begin(context, token => Connector.ConnectAsync(network, address, token), timeout, (context, connection, error) =>
            FinishConnecting(context, idPointer, context.Sockets.TcpStreams, connection, error));
    }

    /// <summary>An iterator with the address of a stream's peer.</summary>
    [HostFunction("tcp_peer_addr")]
    public static int TcpPeerAddress(ProcessContext context, long streamId, int idPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? Describe(context, idPointer, () => connection.PeerAddress)
            : 0;

    /// <summary>Lets go of a stream.</summary>
    [HostFunction("drop_tcp_stream")]
    public static void DropTcpStream(ProcessContext context, long streamId) => Drop(context, context.Sockets.TcpStreams, streamId, TcpStream);

    /// <summary>A second id of the same connection.</summary>
    [HostFunction("clone_tcp_stream")]
    public static long CloneTcpStream(ProcessContext context, long streamId) => Clone(context, context.Sockets.TcpStreams, streamId, TcpStream);

    /// <summary>Writes bytes of an array of buffers (32-bit pointers and lengths): how many, maybe fewer than there are.</summary>
    [HostFunction("tcp_write_vectored")]
    public static int TcpWriteVectored(ProcessContext context, long streamId, int array, int count, int resultPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? context.StreamWriting.Begin(context, connection, array, count, resultPointer, connection.WriteTimeout)
            : 0;

    /// <summary>As <see cref="TcpRead"/>, but the bytes stay to be read.</summary>
    [HostFunction("tcp_peek")]
    public static int TcpPeek(ProcessContext context, long streamId, int pointer, int length, int resultPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? context.StreamReading.Begin(context, connection, pointer, length, resultPointer, isPeek: true, connection.PeekTimeout)
            : 0;

    /// <summary>Reads what is there, or waits for it: how many bytes, 0 at the end of the stream.</summary>
    [HostFunction("tcp_read")]
    public static int TcpRead(ProcessContext context, long streamId, int pointer, int length, int resultPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? context.StreamReading.Begin(context, connection, pointer, length, resultPointer, isPeek: false, connection.ReadTimeout)
            : 0;

    /// <summary>Waits until the system has what was written; 0 is written.</summary>
    [HostFunction("tcp_flush")]
    public static int TcpFlush(ProcessContext context, long streamId, int resultPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? context.StreamFlushing.Begin(context, connection, resultPointer)
            : 0;
}
