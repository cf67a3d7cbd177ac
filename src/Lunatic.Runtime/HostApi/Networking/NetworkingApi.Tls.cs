using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

// TLS listeners and streams.
internal static partial class NetworkingApi
{
    private const string TlsListener = "tls listener";
    private const string TlsStream = "tls stream";

    /// <summary>
    /// Listens at an address: the listener's id. The certificate and its PKCS#8 key are PEM texts with one block each, else the call traps; when they
    /// cannot be used it is an error.
    /// </summary>
    [HostFunction("tls_bind")]
    public static int TlsBind(
        ProcessContext context, int type, int octets, int port, int flow, int scope, int idPointer,
        int certificatePointer, int certificateLength, int keyPointer, int keyLength)
    {
        if (!GuestAddress.TryRead(context, type, octets, port, scope, out IPEndPoint address)
            || !context.CanWriteInt64(idPointer)
            || !GuestPem.TryRead(context, certificatePointer, certificateLength, out string certificates)
            || !GuestPem.TryRead(context, keyPointer, keyLength, out string keys))
        {
            return 0;
        }
        if (!TlsIdentity.TryFindCertificate(certificates, out ReadOnlySpan<char> certificate, out string? mistake)
            || !TlsIdentity.TryFindKey(keys, out ReadOnlySpan<char> key, out mistake))
        {
            return context.Trap(mistake);
        }
        SslStreamCertificateContext identity;
        try
        {
            identity = TlsIdentity.Create(certificate, key);
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            return context.Fail(idPointer, $"the certificate and its key cannot be used: {NetworkErrors.TextOf(exception)}");
        }
        return Open(context, idPointer, context.Sockets.TlsListeners, () => new TlsAcceptor(context.Environment.Network, address, identity));
    }

    /// <summary>Closes a listener.</summary>
    [HostFunction("drop_tls_listener")]
    public static void DropTlsListener(ProcessContext context, long listenerId) => Drop(context, context.Sockets.TlsListeners, listenerId, TlsListener);

    /// <summary>An iterator with the address of a listener.</summary>
    [HostFunction("tls_local_addr")]
    public static int TlsLocalAddress(ProcessContext context, long listenerId, int idPointer) =>
        context.TryFind(context.Sockets.TlsListeners, listenerId, TlsListener, out TlsAcceptor? acceptor)
            ? Describe(context, idPointer, () => acceptor.LocalAddress)
            : 0;

    /// <summary>Waits for a connection whose handshake is through, as <see cref="TcpAccept"/>; a handshake that failed is an error.</summary>
    [HostFunction("tls_accept")]
    public static int TlsAccept(ProcessContext context, long listenerId, int idPointer, int peerPointer) =>
        context.TryFind(context.Sockets.TlsListeners, listenerId, TlsListener, out TlsAcceptor? acceptor)
            ? context.TlsAccepting.Begin(context, acceptor, idPointer, peerPointer)
            : 0;

    /// <summary>
    /// Looks a host up, connects, and checks its certificate: the stream's id. The array has a 32-bit pointer and length for each PEM text with the
    /// certificates to be trusted; without any it is those that the system trusts.
    /// </summary>
    [HostFunction("tls_connect")]
    public static int TlsConnect(ProcessContext context, int hostPointer, int hostLength, int port, long timeout, int idPointer, int rootsPointer, int rootsCount)
    {
        if (!context.TryReadString(hostPointer, hostLength, "name of the host", out string host)
            || !context.CanWriteInt64(idPointer)
            || !GuestPem.TryReadAll(context, rootsPointer, rootsCount, out string[] texts))
        {
            return 0;
        }
        NetworkServices network = context.Environment.Network;
        if (network.Refusal is { } refusal)
            return context.Fail(idPointer, refusal);
        X509Certificate2Collection? roots = rootsCount == 0 ? null : TlsIdentity.ReadRoots(texts);
        return TaskOperation<TlsConnection>.Begin(context, token => TlsConnector.ConnectAsync(network, host, (ushort)port, roots, token), timeout, (context, connection, error) =>
            FinishConnecting(context, idPointer, context.Sockets.TlsStreams, connection, error));
    }

    /// <summary>Lets go of a stream.</summary>
    [HostFunction("drop_tls_stream")]
    public static void DropTlsStream(ProcessContext context, long streamId) => Drop(context, context.Sockets.TlsStreams, streamId, TlsStream);

    /// <summary>A second id of the same connection.</summary>
    [HostFunction("clone_tls_stream")]
    public static long CloneTlsStream(ProcessContext context, long streamId) => Clone(context, context.Sockets.TlsStreams, streamId, TlsStream);

    /// <summary>Writes bytes of an array of buffers (32-bit pointers and lengths): how many, maybe fewer than there are.</summary>
    [HostFunction("tls_write_vectored")]
    public static int TlsWriteVectored(ProcessContext context, long streamId, int array, int count, int resultPointer) =>
        context.TryFind(context.Sockets.TlsStreams, streamId, TlsStream, out TlsConnection? connection)
            ? context.StreamWriting.Begin(context, connection, array, count, resultPointer, connection.WriteTimeout)
            : 0;

    /// <summary>Reads what is there, or waits for it: how many bytes, 0 when the peer has ended the stream.</summary>
    [HostFunction("tls_read")]
    public static int TlsRead(ProcessContext context, long streamId, int pointer, int length, int resultPointer) =>
        context.TryFind(context.Sockets.TlsStreams, streamId, TlsStream, out TlsConnection? connection)
            ? context.StreamReading.Begin(context, connection, pointer, length, resultPointer, isPeek: false, connection.ReadTimeout)
            : 0;

    /// <summary>Waits until the system has what was written; 0 is written.</summary>
    [HostFunction("tls_flush")]
    public static int TlsFlush(ProcessContext context, long streamId, int resultPointer) =>
        context.TryFind(context.Sockets.TlsStreams, streamId, TlsStream, out TlsConnection? connection)
            ? context.StreamFlushing.Begin(context, connection, resultPointer)
            : 0;
}
