using System.Buffers;
using System.Net;
using System.Net.Security;

namespace Lunatic.Runtime.Networking;

/// <summary>
/// A TLS connection. Decrypted bytes wait in a buffer of the connection, at most one record, until somebody reads them; there is a buffer only while there are
/// bytes. Whatever was written is encrypted and sent in the background, one buffer at a time.
/// </summary>
internal sealed class TlsConnection : Connection
{
    // of a record of TLS
    private const int MaxPlaintext = 16 << 10;

    private readonly TlsTransport _transport;
    private readonly SslStream _stream;
    private readonly OutgoingBytes _outgoing;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _hasEnded;
    private string? _error;
    private Task _filling = Task.CompletedTask;

    /// <summary>Takes a connection over whose handshake is through.</summary>
    public TlsConnection(NetworkServices network, TlsTransport transport, SslStream stream)
        : base(network)
    {
        _transport = transport;
        _stream = stream;
        PeerAddress = (IPEndPoint)transport.Connected.RemoteEndPoint!;
        _outgoing = new OutgoingBytes(Writing, stream.WriteAsync);
    }

    public override IPEndPoint PeerAddress { get; }

    public override IoResult TryRead(Span<byte> target, bool peek)
    {
        if (target.IsEmpty)
            return IoResult.Done(0);
        lock (_lock)
        {
            if (_buffer is null)
                return _error is not null ? IoResult.Failed(_error) : _hasEnded ? IoResult.Done(0) : IoResult.WouldBlock;
            int count = Math.Min(target.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(target);
            if (!peek)
                Consume(count);
            return IoResult.Done(count);
        }
    }

    public override bool PrepareRead()
    {
        lock (_lock)
        {
            if (_buffer is not null || _error is not null || _hasEnded)
                return true;
            // the state can only change by the notice
            if (Reading.TryAwaitNotice())
                _filling = FillAsync();
            return false;
        }
    }

    public override IoResult TryWrite(ReadOnlySpan<byte> data) => _outgoing.TryWrite(data, direct: null);

    public override IoResult TryFlush() => _outgoing.State;

    public override bool PrepareWrite() => _outgoing.IsFree;

    protected override async ValueTask CloseAsync()
    {
        await _outgoing.CloseAsync(NetworkServices.Linger, Network.Time).ConfigureAwait(false);
        try
        {
            // so that the peer knows that nobody cut the connection
            if (_outgoing.State.Status is IoStatus.Done)
                await _stream.ShutdownAsync().WaitAsync(NetworkServices.Linger, Network.Time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException || NetworkErrors.IsExpected(exception))
        {
            // it will learn otherwise
        }
        if (!_filling.IsCompleted)
            Sockets.EndSending(_transport.Connected);
        await _closing.CancelAsync().ConfigureAwait(false);
        await _filling.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
        if (_buffer is not null)
            Consume(_end - _start);
    }

    private void Consume(int count)
    {
        _start += count;
        if (_start < _end)
            return;
        ArrayPool<byte>.Shared.Return(_buffer!);
        _buffer = null;
    }

    // never throws
    private async Task FillAsync()
    {
        byte[]? buffer = null;
        int count = 0;
        string? error = null;
        try
        {
            // not on the thread of the process: decrypting, and what a peer may ask for besides, takes time
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            // idle connections hold no buffer
            await _stream.ReadAsync(Memory<byte>.Empty, _closing.Token).ConfigureAwait(false);
            buffer = ArrayPool<byte>.Shared.Rent(MaxPlaintext);
            count = await _stream.ReadAsync(buffer, _closing.Token).ConfigureAwait(false);
            if (count == 0 && _transport.HasEnded)
                error = "the peer closed the connection without TLS's close_notify: what it sent may be incomplete";
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            error = NetworkErrors.TextOf(exception);
        }
        lock (_lock)
        {
            _error = error;
            if (count > 0)
            {
                (_buffer, _start, _end) = (buffer, 0, count);
            }
            else
            {
                _hasEnded = error is null;
                if (buffer is not null)
                    ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        Reading.Signal(isNotice: true);
    }
}
