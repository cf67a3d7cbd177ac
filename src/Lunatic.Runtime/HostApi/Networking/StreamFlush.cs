using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest waits until the system has taken what it wrote.</summary>
internal sealed class StreamFlush(GuestProcess process) : LaneOperation(process)
{
    private Connection _connection = null!;
    private int _resultPointer;

    /// <summary>Flushes: 0, and 0 (64 bits) is written; 1, an error's id is. Traps on a bad pointer.</summary>
    public int Begin(ProcessContext context, Connection connection, int resultPointer)
    {
        if (!context.CanWriteInt64(resultPointer))
            return 0;
        _connection = connection;
        _resultPointer = resultPointer;
        return Start(context, connection.Writing, Connection.NoTimeout);
    }

    protected override IoResult Try(ProcessContext context) => _connection.TryFlush();

    protected override bool Prepare() => _connection.PrepareWrite();

    protected override int Finish(ProcessContext context, IoResult result) => context.Answer(_resultPointer, result);
}
