using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>A guest accepts a connection.</summary>
/// <typeparam name="T">The connection.</typeparam>
internal abstract class AcceptOperation<T>(GuestProcess process) : LaneOperation(process)
    where T : Connection
{
    private int _streamPointer;
    private int _peerPointer;

    protected override int Finish(ProcessContext context, IoResult result)
    {
        if (result.Status is IoStatus.Failed)
        {
            context.TryWriteInt64(_peerPointer, 0);
            return context.Fail(_streamPointer, result.Error!);
        }
        T connection = TakeAccepted(context);
        context.Succeed(_peerPointer, connection.PeerAddress);
        return context.Succeed(_streamPointer, StreamsOf(context).Add(connection));
    }

    /// <summary>Begins it in the listener's lane, once the pointers have been seen to be good.</summary>
    protected int Start(ProcessContext context, Lane lane, int streamPointer, int peerPointer)
    {
        _streamPointer = streamPointer;
        _peerPointer = peerPointer;
        // what waits to be accepted goes on waiting
        if (context.Environment.Network.Refusal is { } refusal)
        {
            context.TryWriteInt64(peerPointer, 0);
            return context.Fail(streamPointer, refusal);
        }
        return Start(context, lane, Connection.NoTimeout);
    }

    /// <summary>The connection that the latest attempt has brought. It is forgotten here.</summary>
    protected abstract T TakeAccepted(ProcessContext context);

    /// <summary>Where the process keeps such connections.</summary>
    protected abstract ResourceTable<T> StreamsOf(ProcessContext context);

    /// <summary>Whether both places can be written to; traps if not.</summary>
    protected static bool CanWrite(ProcessContext context, int streamPointer, int peerPointer) =>
        context.CanWriteInt64(streamPointer) && context.CanWriteInt64(peerPointer);
}
