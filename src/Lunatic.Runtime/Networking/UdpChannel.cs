using System.Net;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>A UDP socket. Datagrams go straight between the guest's memory and the system, as with <see cref="TcpConnection"/>.</summary>
internal sealed class UdpChannel : SharedSocket
{
    private static readonly byte[] Glance = new byte[1];

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _notice = new(true);
    private readonly IPEndPoint _anyAddress;
    private SocketError _receiveError;

    /// <summary>A socket bound to an address.</summary>
    /// <exception cref="SocketException">The address cannot be used.</exception>
    public UdpChannel(NetworkServices network, IPEndPoint address)
        : this(network, Sockets.Bind(address, SocketType.Dgram))
    {
    }

    private UdpChannel(NetworkServices network, Socket socket)
        : base(network)
    {
        _socket = socket;
        _anyAddress = new IPEndPoint(socket.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        // a look at one byte: what is received goes to whoever asks for it then
        _notice.SetBuffer(Glance);
        _notice.Completed += (_, _) => EndNotice(isSignal: true);
    }

    /// <summary>The processes that receive.</summary>
    public Lane Receiving { get; } = new();

    /// <summary>The address, with the port that the system chose.</summary>
    public IPEndPoint LocalAddress => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>The address to which the socket was connected, or null.</summary>
    public IPEndPoint? PeerAddress { get; private set; }

    /// <summary>Whether datagrams may be sent to broadcast addresses.</summary>
    public bool Broadcast
    {
        get => _socket.EnableBroadcast;
        set => _socket.EnableBroadcast = value;
    }

    /// <summary>Hops that a datagram may take.</summary>
    /// <exception cref="SocketException">The system does not take the number.</exception>
    public int TimeToLive
    {
        get => (int)_socket.GetSocketOption(OptionLevel, SocketOptionName.IpTimeToLive)!;
        set => _socket.SetSocketOption(OptionLevel, SocketOptionName.IpTimeToLive, value);
    }

    private SocketOptionLevel OptionLevel => _socket.AddressFamily is AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6;

    /// <summary>Sends to this address and receives from it only, from now on.</summary>
    /// <exception cref="SocketException">The address cannot be used.</exception>
    public void Connect(IPEndPoint address)
    {
        _socket.Connect(address);
        PeerAddress = address;
    }

    /// <summary>Takes the datagram that is next; what does not fit is lost.</summary>
    /// <param name="target">Where its bytes go.</param>
    /// <param name="sender">Where it came from.</param>
    public IoResult TryReceive(Span<byte> target, out IPEndPoint? sender)
    {
        sender = null;
        if (_receiveError is not SocketError.Success)
        {
            SocketError error = _receiveError;
            _receiveError = SocketError.Success;
            return IoResult.Of(error, 0);
        }
        // tells without an exception that nothing is there
        Span<byte> glance = stackalloc byte[1];
        _socket.Receive(glance, SocketFlags.Peek, out SocketError state);
        if (state is not (SocketError.Success or SocketError.MessageSize))
            return IoResult.Of(state, 0);
        try
        {
            EndPoint from = _anyAddress;
            // an empty buffer would leave the datagram where it is
            int count = _socket.ReceiveFrom(target.IsEmpty ? glance : target, SocketFlags.None, ref from);
            sender = (IPEndPoint)from;
            return IoResult.Done(Math.Min(count, target.Length));
        }
        catch (SocketException exception)
        {
            // another holder was faster, or it did not fit where the system says so
            return exception.SocketErrorCode is SocketError.MessageSize ? IoResult.Done(target.Length) : IoResult.Of(exception.SocketErrorCode, 0);
        }
    }

    /// <summary>Makes sure that <see cref="Receiving"/> is signalled when there is a datagram.</summary>
    /// <returns>True: there is one already.</returns>
    public bool PrepareReceive()
    {
        if (!Receiving.TryAwaitNotice())
            return false;
        // each time: the end of a call puts the flags of what came in their place
        _notice.SocketFlags = SocketFlags.Peek;
        if (_socket.ReceiveAsync(_notice))
            return false;
        EndNotice(isSignal: false);
        return true;
    }

    /// <summary>Sends a datagram.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="address">Where to; null: to the address to which the socket is connected.</param>
    public IoResult Send(ReadOnlySpan<byte> data, IPEndPoint? address)
    {
        if (address is null)
        {
            int count = _socket.Send(data, SocketFlags.None, out SocketError error);
            return IoResult.Of(error, count);
        }
        try
        {
            return IoResult.Done(_socket.SendTo(data, SocketFlags.None, address));
        }
        catch (SocketException exception)
        {
            return IoResult.Of(exception.SocketErrorCode, 0);
        }
    }

    /// <summary>Sends a datagram for which the system has no room now.</summary>
    public async Task<SentDatagram> SendAsync(byte[] data, IPEndPoint? address, CancellationToken cancellation)
    {
        ValueTask<int> sent = address is null
            ? _socket.SendAsync(data.AsMemory(), SocketFlags.None, cancellation)
            : _socket.SendToAsync(data.AsMemory(), SocketFlags.None, address, cancellation);
        return new SentDatagram(await sent.ConfigureAwait(false));
    }

    protected override ValueTask CloseAsync()
    {
        _socket.Dispose();
        _notice.Dispose();
        return ValueTask.CompletedTask;
    }

    private void EndNotice(bool isSignal)
    {
        if (_notice.SocketError is not (SocketError.Success or SocketError.OperationAborted or SocketError.MessageSize))
            _receiveError = _notice.SocketError;
        if (isSignal)
            Receiving.Signal(isNotice: true);
        else
            Receiving.Noticed();
    }
}
