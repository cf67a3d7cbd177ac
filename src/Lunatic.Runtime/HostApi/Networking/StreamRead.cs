using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest reads from a stream, or looks at what it would read.</summary>
internal sealed class StreamRead(GuestProcess process) : LaneOperation(process)
{
    private Connection _connection = null!;
    private int _pointer;
    private int _length;
    private int _resultPointer;
    private bool _isPeek;

    /// <summary>Reads up to <paramref name="length"/> bytes: 0, their number (64 bits) is written, 0 at the end of the stream; 1, an error's id is; 9027. Traps on a bad pointer.</summary>
    public int Begin(ProcessContext context, Connection connection, int pointer, int length, int resultPointer, bool isPeek, long timeout)
    {
        if (!context.TryGetMemory(pointer, length, out _) || !context.CanWriteInt64(resultPointer))
            return 0;
        _connection = connection;
        _pointer = pointer;
        _length = (int)Math.Min((uint)length, Connection.MaxTransfer);
        _resultPointer = resultPointer;
        _isPeek = isPeek;
        return Start(context, connection.Reading, timeout);
    }

    protected override IoResult Try(ProcessContext context) =>
        context.TryGetMemory(_pointer, _length, out Span<byte> target) ? _connection.TryRead(target, _isPeek) : default;

    protected override bool Prepare() => _connection.PrepareRead();

    protected override int Finish(ProcessContext context, IoResult result) => context.Answer(_resultPointer, result);
}
