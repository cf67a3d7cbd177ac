using System.Net;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>A listening TCP socket. It belongs to one process; there is at most one call to the system at a time, whose result stays until it is asked for.</summary>
internal sealed class TcpAcceptor : IDisposable
{
    private readonly NetworkServices _network;
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _call = new(true);
    private readonly Lock _lock = new();
    private bool _hasResult;
    private bool _isClosed;

    /// <summary>Listens at an address.</summary>
    /// <exception cref="SocketException">The address cannot be used.</exception>
    public TcpAcceptor(NetworkServices network, IPEndPoint address)
    {
        _network = network;
        _socket = Sockets.Bind(address, SocketType.Stream);
        _call.Completed += (_, _) => EndCall(isSignal: true);
        network.Opened();
    }

    /// <summary>The processes that accept.</summary>
    public Lane Accepting { get; } = new();

    /// <summary>The address, with the port that the system chose.</summary>
    public IPEndPoint LocalAddress => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Takes a connection that is there.</summary>
    public IoResult TryAccept(out Socket? accepted)
    {
        lock (_lock)
        {
            accepted = null;
            if (!_hasResult)
                return IoResult.WouldBlock;
            _hasResult = false;
            if (_call.SocketError is SocketError.Success)
            {
                accepted = _call.AcceptSocket;
                _call.AcceptSocket = null;
            }
            return IoResult.Of(_call.SocketError, 0);
        }
    }

    /// <summary>Makes sure that <see cref="Accepting"/> is signalled when there is a connection.</summary>
    /// <returns>True: there is one, or an error.</returns>
    public bool PrepareAccept()
    {
        lock (_lock)
        {
            if (_hasResult)
                return true;
        }
        if (!Accepting.TryAwaitNotice())
            return false;
        if (_socket.AcceptAsync(_call))
            return false;
        EndCall(isSignal: false);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_hasResult)
                _call.AcceptSocket?.Dispose();
        }
        _socket.Dispose();
        _call.Dispose();
        _network.Closed();
    }

    private void EndCall(bool isSignal)
    {
        lock (_lock)
        {
            _hasResult = true;
            if (_isClosed)
                _call.AcceptSocket?.Dispose();
        }
        if (isSignal)
            Accepting.Signal(isNotice: true);
        else
            Accepting.Noticed();
    }
}
