using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest writes to a stream.</summary>
internal sealed class StreamWrite(GuestProcess process) : LaneOperation(process)
{
    private Connection _connection = null!;
    private int _array;
    private int _count;
    private int _resultPointer;

    /// <summary>Writes bytes of some buffers: 0, their number (64 bits) is written, which may be smaller than that of all; 1, an error's id is; 9027, nothing was taken. Traps on a bad pointer.</summary>
    public int Begin(ProcessContext context, Connection connection, int array, int count, int resultPointer, long timeout)
    {
        if (!context.CanWriteInt64(resultPointer) || !GuestBuffers.TryCheck(context, array, count))
            return 0;
        _connection = connection;
        _array = array;
        _count = count;
        _resultPointer = resultPointer;
        return Start(context, connection.Writing, timeout);
    }

    protected override IoResult Try(ProcessContext context) => GuestBuffers.Write(context, _array, _count, _connection);

    protected override bool Prepare() => _connection.PrepareWrite();

    protected override int Finish(ProcessContext context, IoResult result) => context.Answer(_resultPointer, result);
}
