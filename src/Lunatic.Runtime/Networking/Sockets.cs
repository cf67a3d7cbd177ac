using System.Net;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>How sockets are opened and closed.</summary>
internal static class Sockets
{
    /// <summary>Connections that wait to be accepted.</summary>
    public const int Backlog = 1024;

    /// <summary>A socket for an address, which does not block. One for IPv6 serves IPv4 as well, as it does by default on most systems.</summary>
    public static Socket Open(IPEndPoint address, SocketType type)
    {
        var socket = new Socket(address.AddressFamily, type, type is SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp) { Blocking = false };
        if (address.AddressFamily is AddressFamily.InterNetworkV6)
            socket.DualMode = true;
        return socket;
    }

    /// <summary>A socket bound to an address; closed again when that fails.</summary>
    /// <exception cref="SocketException">The address cannot be used.</exception>
    public static Socket Bind(IPEndPoint address, SocketType type)
    {
        Socket socket = Open(address, type);
        try
        {
            socket.Bind(address);
            if (type is SocketType.Stream)
                socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes a connected socket ready to send small writes at once.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isBlocking">Whether calls that do not say that they are asynchronous may block; the stream below TLS insists on it, and makes no such calls.</param>
    public static void Prepare(Socket socket, bool isBlocking)
    {
        socket.Blocking = isBlocking;
        try
        {
            socket.NoDelay = true;
        }
        catch (SocketException)
        {
            // the peer is gone already, which the first read or write tells
        }
    }

    /// <summary>
    /// Says that nothing more is sent. To be called before a connected socket is closed while calls have not ended: closing cancels them, and would
    /// otherwise reset the connection, and what was sent last would be lost.
    /// </summary>
    public static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // the peer is gone
        }
    }
}
