using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Networking;
using Lunatic.Runtime.Networking;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>What <c>lunatic::networking</c> of the old generation has of its own: each call takes its time, in milliseconds, 0 for ever.</summary>
[HostNamespace("lunatic::networking")]
internal static partial class LegacyNetworkingApi
{
    private const string TcpStream = "tcp stream";

    /// <summary>Looks up <c>host:port</c>: 0, an iterator's id is written; 1, an error's id; 9027.</summary>
    [HostFunction("resolve")]
    public static int Resolve(ProcessContext context, int namePointer, int nameLength, int timeout, int idPointer) =>
        NetworkingApi.Resolve(context, namePointer, nameLength, TimeOf(timeout), idPointer);

    /// <summary>An iterator with the address of a listener.</summary>
    [HostFunction("local_addr")]
    public static int LocalAddress(ProcessContext context, long listenerId, int idPointer) => NetworkingApi.TcpLocalAddress(context, listenerId, idPointer);

    /// <summary>Connects to an address: 0, the stream's id is written; 1, an error's id; 9027.</summary>
    [HostFunction("tcp_connect")]
    public static int Connect(ProcessContext context, int type, int octets, int port, int flow, int scope, int timeout, int idPointer) =>
        NetworkingApi.TcpConnect(context, type, octets, port, flow, scope, TimeOf(timeout), idPointer);

    /// <summary>Writes bytes of an array of buffers (32-bit pointers and lengths): 0, how many is written, maybe fewer than there are; 1, an error's id; 9027.</summary>
    [HostFunction("tcp_write_vectored")]
    public static int WriteVectored(ProcessContext context, long streamId, int array, int count, int timeout, int resultPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? context.StreamWriting.Begin(context, connection, array, count, resultPointer, TimeOf(timeout))
            : 0;

    /// <summary>Reads what is there, or waits for it: 0, how many bytes is written, 0 at the end of the stream; 1, an error's id; 9027.</summary>
    [HostFunction("tcp_read")]
    public static int Read(ProcessContext context, long streamId, int pointer, int length, int timeout, int resultPointer) =>
        context.TryFind(context.Sockets.TcpStreams, streamId, TcpStream, out TcpConnection? connection)
            ? context.StreamReading.Begin(context, connection, pointer, length, resultPointer, isPeek: false, TimeOf(timeout))
            : 0;

    private static long TimeOf(int timeout) => timeout == 0 ? Connection.NoTimeout : (uint)timeout;
}
