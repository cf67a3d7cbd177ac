using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Networking;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>
/// A call to a socket. It is tried at once, and when it would block the process waits in the socket's lane and tries again when it is signalled. Each attempt
/// is made by the process itself, with its memory at hand, so nothing of the guest is used while it waits. A process uses one object for all its calls of a kind.
/// </summary>
internal abstract class LaneOperation : PendingOperation
{
    /// <summary>The result of a call whose time is over.</summary>
    protected const int TimedOut = ReceiveOperation.TimedOut;

    private readonly GuestProcess _process;
    private readonly Action<WasmCaller> _goOn;
    private Lane? _lane;
    private volatile bool _isSignalled;

    protected LaneOperation(GuestProcess process)
    {
        _process = process;
        _goOn = caller => caller.Store.WaitSlots[0] = (uint)GoOn(ProcessContext.Of(caller), isWorthWhile: true);
    }

    /// <summary>The neighbours in the lane, which owns them.</summary>
    internal LaneOperation? Previous, Next;

    /// <summary>It is the operation's turn, or something has changed: the process tries again. Any thread.</summary>
    internal void Signal()
    {
        _isSignalled = true;
        _process.Wake();
    }

    public override bool TryComplete(GuestProcess process)
    {
        if (!_isSignalled && !process.HasPassed(Deadline))
            return false;
        process.Store.ContinueWait(_goOn);
        return true;
    }

    public override void Abandon(GuestProcess process) => Leave();

    /// <summary>Makes the call; the result is the host function's.</summary>
    /// <param name="context">The process.</param>
    /// <param name="lane">Where it waits.</param>
    /// <param name="timeout">How long at most, in milliseconds; all ones means for ever.</param>
    protected int Start(ProcessContext context, Lane lane, long timeout)
    {
        // nobody is overtaken
        if (lane.IsEmpty)
        {
            IoResult result = Try(context);
            if (result.Status is not IoStatus.WouldBlock)
                return Finish(context, result);
        }
        Deadline = _process.DeadlineIn((ulong)timeout);
        _lane = lane;
        lane.Enter(this);
        return GoOn(context, isWorthWhile: false);
    }

    /// <summary>Makes an attempt.</summary>
    protected abstract IoResult Try(ProcessContext context);

    /// <summary>Whether an attempt is worth while; if not, the lane is signalled when it is.</summary>
    protected abstract bool Prepare();

    /// <summary>Tells the guest of an attempt that is through; the result is the host function's.</summary>
    protected abstract int Finish(ProcessContext context, IoResult result);

    private int GoOn(ProcessContext context, bool isWorthWhile)
    {
        bool hasWaited = isWorthWhile;
        // before anything is looked at: a signal from now on makes the process try again
        _isSignalled = false;
        try
        {
            while (_lane!.IsFirst(this))
            {
                if (isWorthWhile && Try(context) is { Status: not IoStatus.WouldBlock } result)
                {
                    Leave();
                    return Finish(context, result);
                }
                if (!Prepare())
                    break;
                isWorthWhile = true;
            }
        }
        catch
        {
            Leave();
            throw;
        }
        if (hasWaited && _process.HasPassed(Deadline))
        {
            Leave();
            return TimedOut;
        }
        context.Caller.Wait(this);
        return 0;
    }

    private void Leave()
    {
        _lane?.Leave(this);
        _lane = null;
    }
}
