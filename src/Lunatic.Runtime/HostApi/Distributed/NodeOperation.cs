using Lunatic.Runtime.Distribution;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Distributed;

/// <summary>A guest waits for another node, and perhaps for a reply after that. When it ends the request is cancelled.</summary>
internal sealed class NodeOperation : PendingOperation
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Task<NodeAnswer> _task;
    private readonly Func<ProcessContext, NodeAnswer, int> _finish;
    private readonly long? _replyTag;
    private readonly long _after;

    private NodeOperation(GuestProcess process, Func<CancellationToken, Task<NodeAnswer>> request, Func<ProcessContext, NodeAnswer, int> finish, long? replyTag, long deadline)
    {
        _finish = finish;
        _replyTag = replyTag;
        // before the request: the reply may be there before its answer
        _after = process.LastArrival;
        Deadline = deadline;
        _task = request(_cancellation.Token);
        _task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(process.Wake);
    }

    /// <summary>Makes a request, as the last act of a host function, whose result is what <paramref name="finish"/> returns.</summary>
    public static int Wait(ProcessContext context, Func<CancellationToken, Task<NodeAnswer>> request, Func<ProcessContext, NodeAnswer, int> finish)
    {
        context.Caller.Wait(new NodeOperation(context.Process, request, finish, null, ProcessBase.NoDeadline));
        return 0;
    }

    /// <summary>The same, and when the request was done waits for a message with a tag that arrives after the call.</summary>
    public static int WaitForReply(
        ProcessContext context, Func<CancellationToken, Task<NodeAnswer>> request, Func<ProcessContext, NodeAnswer, int> finish, long tag, long timeout)
    {
        context.Caller.Wait(new NodeOperation(context.Process, request, finish, tag, context.Process.DeadlineIn((ulong)timeout)));
        return 0;
    }

    public override bool TryComplete(GuestProcess process)
    {
        if (!_task.IsCompleted)
            return process.HasPassed(Deadline) && Complete(process, ReceiveOperation.TimedOut);
        if (!_task.IsCompletedSuccessfully)
        {
            Exception failure = _task.Exception?.InnerException ?? new TaskCanceledException(_task);
            process.Store.FailWait(failure.Message, failure);
            return true;
        }
        NodeAnswer answer = _task.Result;
        if (answer.Status is NodeStatus.Done && _replyTag is { } tag)
        {
            if (process.TryReceive([tag], _after) is not { } message)
                return process.HasPassed(Deadline) && Complete(process, ReceiveOperation.TimedOut);
            process.Context.SetScratch(message);
        }
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)_finish(ProcessContext.Of(caller), answer));
        return true;
    }

    public override void Abandon(GuestProcess process) => _cancellation.Cancel();

    private bool Complete(GuestProcess process, int result)
    {
        _cancellation.Cancel();
        process.Store.CompleteWait([(uint)result]);
        return true;
    }
}
