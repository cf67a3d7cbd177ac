using System.Net;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest receives a datagram.</summary>
internal sealed class DatagramReceive(GuestProcess process) : LaneOperation(process)
{
    private UdpChannel _channel = null!;
    private int _pointer;
    private int _length;
    private int _resultPointer;
    private int? _senderPointer;
    private IPEndPoint? _sender;

    /// <summary>
    /// Receives: 0, the number of bytes (64 bits) is written, and at <paramref name="senderPointer"/>, if there is one, the id of an iterator with the
    /// sender's address; 1, an error's id is; 9027. What does not fit is lost. Traps on a bad pointer.
    /// </summary>
    public int Begin(ProcessContext context, UdpChannel channel, int pointer, int length, int resultPointer, int? senderPointer, long timeout)
    {
        if (!context.TryGetMemory(pointer, length, out _) || !context.CanWriteInt64(resultPointer) || (senderPointer is { } place && !context.CanWriteInt64(place)))
            return 0;
        _channel = channel;
        _pointer = pointer;
        _length = length;
        _resultPointer = resultPointer;
        _senderPointer = senderPointer;
        return Start(context, channel.Receiving, timeout);
    }

    protected override IoResult Try(ProcessContext context) =>
        context.TryGetMemory(_pointer, _length, out Span<byte> target) ? _channel.TryReceive(target, out _sender) : default;

    protected override bool Prepare() => _channel.PrepareReceive();

    protected override int Finish(ProcessContext context, IoResult result)
    {
        if (result.Status is IoStatus.Done && _senderPointer is { } place)
            context.Succeed(place, _sender!);
        return context.Answer(_resultPointer, result);
    }
}
