using System.Buffers;

namespace Lunatic.Runtime.Networking;

/// <summary>
/// The bytes of a connection that were taken from a writer and are on their way to the system: one pooled buffer, or none. There is no next write before
/// they are gone, so a writer that times out has given nothing.
/// </summary>
/// <param name="writing">Signalled when they are gone.</param>
/// <param name="send">Sends bytes, all of them.</param>
internal sealed class OutgoingBytes(Lane writing, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> send)
{
    /// <summary>Most bytes taken at once.</summary>
    public const int MaxBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private Task _sent = Task.CompletedTask;
    private bool _isBusy;
    private string? _error;

    /// <summary>Whether the next write can be made.</summary>
    public bool IsFree
    {
        get
        {
            lock (_lock)
                return !_isBusy;
        }
    }

    /// <summary>Whether all is gone; or why it is not.</summary>
    public IoResult State
    {
        get
        {
            lock (_lock)
                return _isBusy ? IoResult.WouldBlock : _error is null ? IoResult.Done(0) : IoResult.Failed(_error);
        }
    }

    /// <summary>Hands bytes over, or takes a copy of the first of them and sends it in the background.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="direct">Tries to hand bytes over to the system at once; null where that is not possible.</param>
    public IoResult TryWrite(ReadOnlySpan<byte> data, DirectSend? direct)
    {
        lock (_lock)
        {
            if (_isBusy)
                return IoResult.WouldBlock;
            if (_error is not null)
                return IoResult.Failed(_error);
            if (data.IsEmpty)
                return IoResult.Done(0);
            if (direct is not null && direct(data) is { Status: not IoStatus.WouldBlock } result)
                return result;
            int count = Math.Min(data.Length, MaxBytes);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(count);
            data[..count].CopyTo(buffer);
            _isBusy = true;
            _sent = SendAsync(buffer, count);
            return IoResult.Done(count);
        }
    }

    /// <summary>Waits until the bytes are gone, or some time is over; then they are given up.</summary>
    public async ValueTask CloseAsync(TimeSpan limit, TimeProvider time)
    {
        Task sent;
        lock (_lock)
            sent = _sent;
        try
        {
            await sent.WaitAsync(limit, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _cancellation.CancelAsync().ConfigureAwait(false);
        }
    }

    // never throws: the error is told to the next writer
    private async Task SendAsync(byte[] buffer, int count)
    {
        string? error = null;
        try
        {
            await send(buffer.AsMemory(0, count), _cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            error = NetworkErrors.TextOf(exception);
        }
        lock (_lock)
        {
            _isBusy = false;
            _error = error;
        }
        ArrayPool<byte>.Shared.Return(buffer);
        writing.Signal();
    }

    /// <summary>Hands bytes over to the system without blocking.</summary>
    public delegate IoResult DirectSend(ReadOnlySpan<byte> data);
}
