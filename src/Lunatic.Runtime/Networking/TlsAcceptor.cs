using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>
/// A listening TLS socket. It belongs to one process. While that waits, connections are accepted and their handshakes done side by side, so that no client
/// delays another; each handshake ends in a connection or an error, which wait until they are asked for.
/// </summary>
internal sealed class TlsAcceptor : IDisposable
{
    /// <summary>Handshakes that are done at the same time; beyond it connections wait in the system.</summary>
    public const int MaxHandshakes = 256;

    /// <summary>How long a client may take for its handshake.</summary>
    public static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    private readonly NetworkServices _network;
    private readonly SslServerAuthenticationOptions _options;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Queue<TlsArrival> _arrivals = new();
    private int _handshakes;
    private bool _isAccepting;
    private bool _isClosed;

    /// <summary>Listens at an address.</summary>
    /// <exception cref="SocketException">The address cannot be used.</exception>
    public TlsAcceptor(NetworkServices network, IPEndPoint address, SslStreamCertificateContext identity)
    {
        _network = network;
        _options = new SslServerAuthenticationOptions { ServerCertificateContext = identity };
        _socket = Sockets.Bind(address, SocketType.Stream);
        network.Opened();
    }

    /// <summary>The processes that accept.</summary>
    public Lane Accepting { get; } = new();

    /// <summary>The address, with the port that the system chose.</summary>
    public IPEndPoint LocalAddress => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Takes what has arrived.</summary>
    public bool TryAccept(out TlsArrival arrival)
    {
        lock (_lock)
            return _arrivals.TryDequeue(out arrival);
    }

    /// <summary>Makes sure that <see cref="Accepting"/> is signalled when something has arrived.</summary>
    /// <returns>True: something has.</returns>
    public bool PrepareAccept()
    {
        lock (_lock)
        {
            if (_arrivals.Count > 0)
                return true;
            if (!_isAccepting && _handshakes < MaxHandshakes)
            {
                _isAccepting = true;
                _network.Track(Task.Run(AcceptAsync));
            }
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            while (_arrivals.TryDequeue(out TlsArrival arrival))
                arrival.Connection?.Dispose();
        }
        _closing.Cancel();
        _socket.Dispose();
        _network.Closed();
    }

    // never throws; goes on while the process waits
    private async Task AcceptAsync()
    {
        bool goesOn = true;
        while (goesOn)
        {
            try
            {
                Socket socket = await _socket.AcceptAsync(_closing.Token).ConfigureAwait(false);
                lock (_lock)
                    _handshakes++;
                _network.Track(HandshakeAsync(socket));
            }
            catch (Exception exception) when (NetworkErrors.IsExpected(exception))
            {
                Arrive(new TlsArrival(null, NetworkErrors.TextOf(exception)));
            }
            lock (_lock)
            {
                goesOn = !_isClosed && _arrivals.Count == 0 && _handshakes < MaxHandshakes && !Accepting.IsEmpty;
                _isAccepting = goesOn;
            }
        }
    }

    private async Task HandshakeAsync(Socket socket)
    {
        Sockets.Prepare(socket, isBlocking: true);
        var transport = new TlsTransport(socket);
        var stream = new SslStream(transport);
        TlsArrival arrival;
        try
        {
            using var limit = new CancellationTokenSource(HandshakeLimit, _network.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
            await stream.AuthenticateAsServerAsync(_options, either.Token).ConfigureAwait(false);
            arrival = new TlsArrival(new TlsConnection(_network, transport, stream), null);
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            arrival = new TlsArrival(null, $"the TLS handshake failed: {(exception is OperationCanceledException ? "the client took too long" : NetworkErrors.TextOf(exception))}");
        }
        lock (_lock)
            _handshakes--;
        Arrive(arrival);
    }

    private void Arrive(TlsArrival arrival)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                arrival.Connection?.Dispose();
                return;
            }
            _arrivals.Enqueue(arrival);
        }
        Accepting.Signal();
    }
}
