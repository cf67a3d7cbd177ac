using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Mailboxes;

/// <summary>A request that waits for its reply, its timeout, or the end of the process that it was sent to. The timer is the node itself.</summary>
internal sealed class PendingRequest(ProcessId receiver) : TimerNode, IReplyTarget
{
    private readonly TaskCompletionSource<byte[]> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<byte[]> Task => _reply.Task;

    public bool IsOpen => !_reply.Task.IsCompleted;

    public bool Reply(byte[] data) => _reply.TrySetResult(data);

    public void Fail(ExitReason? reason) => _reply.TrySetException(new RequestFailedException(receiver, reason));

    internal void Cancel(CancellationToken token) => _reply.TrySetCanceled(token);

    internal override void Fire() => _reply.TrySetException(new TimeoutException($"Process {receiver} did not reply in time."));

    internal override void Discard() => Fail(null);
}
