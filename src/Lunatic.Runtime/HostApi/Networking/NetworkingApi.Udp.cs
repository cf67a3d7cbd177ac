using System.Net;
using System.Net.Sockets;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

// UDP sockets.
internal static partial class NetworkingApi
{
    private const int NotConnected = 1;
    private const string UdpSocket = "udp socket";

    /// <summary>Opens a socket at an address, port 0 for any: its id.</summary>
    [HostFunction("udp_bind")]
    public static int UdpBind(ProcessContext context, int type, int octets, int port, int flow, int scope, int idPointer)
    {
        if (!GuestAddress.TryRead(context, type, octets, port, scope, out IPEndPoint address) || !context.CanWriteInt64(idPointer))
            return 0;
        return Open(context, idPointer, context.Sockets.UdpSockets, () => new UdpChannel(context.Environment.Network, address));
    }

    /// <summary>An iterator with the socket's address.</summary>
    [HostFunction("udp_local_addr")]
    public static int UdpLocalAddress(ProcessContext context, long socketId, int idPointer) =>
        FindUdp(context, socketId) is { } channel ? Describe(context, idPointer, () => channel.LocalAddress) : 0;

    /// <summary>An iterator with the address that the socket is connected to; 1, it is not connected, an error's id is written.</summary>
    [HostFunction("udp_peer_addr")]
    public static int UdpPeerAddress(ProcessContext context, long socketId, int idPointer)
    {
        if (FindUdp(context, socketId) is not { } channel || !context.CanWriteInt64(idPointer))
            return 0;
        if (channel.PeerAddress is { } peer)
            return context.Succeed(idPointer, peer);
        context.Fail(idPointer, NetworkErrors.TextOf(SocketError.NotConnected));
        return NotConnected;
    }

    /// <summary>Lets go of a socket.</summary>
    [HostFunction("drop_udp_socket")]
    public static void DropUdpSocket(ProcessContext context, long socketId) => Drop(context, context.Sockets.UdpSockets, socketId, UdpSocket);

    /// <summary>Waits for a datagram: its bytes' number. What does not fit is lost.</summary>
    [HostFunction("udp_receive")]
    public static int UdpReceive(ProcessContext context, long socketId, int pointer, int length, int resultPointer) =>
        FindUdp(context, socketId) is { } channel
            ? context.DatagramReceiving.Begin(context, channel, pointer, length, resultPointer, senderPointer: null, Connection.NoTimeout)
            : 0;

    /// <summary>As <see cref="UdpReceive"/>, and with result 0 the id of an iterator with the sender's address.</summary>
    [HostFunction("udp_receive_from")]
    public static int UdpReceiveFrom(ProcessContext context, long socketId, int pointer, int length, int resultPointer, int senderPointer) =>
        FindUdp(context, socketId) is { } channel
            ? context.DatagramReceiving.Begin(context, channel, pointer, length, resultPointer, senderPointer, Connection.NoTimeout)
            : 0;

    /// <summary>Connects the socket to an address, at once: it sends to that, and receives from that only. 0 is written.</summary>
    [HostFunction("udp_connect")]
    public static int UdpConnect(ProcessContext context, long socketId, int type, int octets, int port, int flow, int scope, long timeout, int idPointer)
    {
        if (FindUdp(context, socketId) is not { } channel
            || !GuestAddress.TryRead(context, type, octets, port, scope, out IPEndPoint address)
            || !context.CanWriteInt64(idPointer))
        {
            return 0;
        }
        try
        {
            channel.Connect(address);
            return context.Succeed(idPointer, 0);
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            return context.Fail(idPointer, $"cannot connect to {address}: {NetworkErrors.TextOf(exception)}");
        }
    }

    /// <summary>A second id of the same socket.</summary>
    [HostFunction("clone_udp_socket")]
    public static long CloneUdpSocket(ProcessContext context, long socketId) => Clone(context, context.Sockets.UdpSockets, socketId, UdpSocket);

    /// <summary>Says whether datagrams may be sent to broadcast addresses. Traps when the system refuses.</summary>
    [HostFunction("set_udp_socket_broadcast")]
    public static void SetUdpBroadcast(ProcessContext context, long socketId, int broadcast) =>
        Use(context, socketId, channel => channel.Broadcast = broadcast != 0);

    /// <summary>Whether datagrams may be sent to broadcast addresses: 1, or 0.</summary>
    [HostFunction("get_udp_socket_broadcast")]
    public static int GetUdpBroadcast(ProcessContext context, long socketId)
    {
        bool broadcast = false;
        Use(context, socketId, channel => broadcast = channel.Broadcast);
        return broadcast ? 1 : 0;
    }

    /// <summary>Sets the hops that a datagram may take. Traps when the system refuses the number.</summary>
    [HostFunction("set_udp_socket_ttl")]
    public static void SetUdpTimeToLive(ProcessContext context, long socketId, int hops) =>
        Use(context, socketId, channel => channel.TimeToLive = hops);

    /// <summary>The hops that a datagram may take.</summary>
    [HostFunction("get_udp_socket_ttl")]
    public static int GetUdpTimeToLive(ProcessContext context, long socketId)
    {
        int hops = 0;
        Use(context, socketId, channel => hops = channel.TimeToLive);
        return hops;
    }

    /// <summary>Sends a datagram to an address: the number of its bytes.</summary>
    [HostFunction("udp_send_to")]
    public static int UdpSendTo(ProcessContext context, long socketId, int pointer, int length, int type, int octets, int port, int flow, int scope, int resultPointer) =>
        FindUdp(context, socketId) is { } channel && GuestAddress.TryRead(context, type, octets, port, scope, out IPEndPoint address)
            ? Send(context, channel, pointer, length, address, resultPointer)
            : 0;

    /// <summary>Sends a datagram to the address that the socket is connected to: the number of its bytes. An error when it is not.</summary>
    [HostFunction("udp_send")]
    public static int UdpSend(ProcessContext context, long socketId, int pointer, int length, int resultPointer) =>
        FindUdp(context, socketId) is { } channel ? Send(context, channel, pointer, length, null, resultPointer) : 0;

    private static int Send(ProcessContext context, UdpChannel channel, int pointer, int length, IPEndPoint? address, int resultPointer)
    {
        if (!context.TryGetMemory(pointer, length, out Span<byte> data) || !context.CanWriteInt64(resultPointer))
            return 0;
        IoResult result = channel.Send(data, address);
        if (result.Status is not IoStatus.WouldBlock)
            return context.Answer(resultPointer, result);
        byte[] copy = data.ToArray();
        return TaskOperation<SentDatagram>.Begin(context, token => channel.SendAsync(copy, address, token), Connection.NoTimeout, (context, sent, error) =>
            sent is not null ? context.Succeed(resultPointer, sent.Bytes) : context.Fail(resultPointer, error!));
    }

    private static void Use(ProcessContext context, long socketId, Action<UdpChannel> use)
    {
        if (FindUdp(context, socketId) is not { } channel)
            return;
        try
        {
            use(channel);
        }
        catch (SocketException exception)
        {
            context.Trap($"the system refuses: {exception.Message}");
        }
    }

    private static UdpChannel? FindUdp(ProcessContext context, long id) => Find(context, context.Sockets.UdpSockets, id, UdpSocket);
}
