using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Mailboxes;

/// <summary>A request that waits for its reply, its timeout, or the end of the process that it was sent to. The timer is the node itself.</summary>
/// <typeparam name="TReply">The reply: byte[] where the request is bytes.</typeparam>
/// <param name="receiver">The process that it was sent to.</param>
/// <param name="body">The request, if it is an object.</param>
internal sealed class PendingRequest<TReply>(ProcessBase receiver, object? body = null) : TimerNode, IReplyTarget
{
    // no reference to the process: a request may outlive it
    private readonly ProcessId _receiver = receiver.Id;
    private readonly Completion<TReply> _reply = new(receiver.Scheduler);

    internal Task<TReply> Task => _reply.Task;

    public bool IsOpen => !_reply.Task.IsCompleted;

    public object? Body => body;

    public bool Reply(byte[] data) => this is PendingRequest<byte[]> bytes
        ? bytes.Complete(data)
        : throw new InvalidOperationException($"The request waits for a {typeof(TReply).Name}, not for bytes: only a TypedProcess can reply to it.");

    public void Fail(ExitReason? reason) => Fail(new RequestFailedException(_receiver, reason));

    public void Fail(Exception failure) => _reply.Fail(failure);

    /// <summary>Hands in the reply.</summary>
    /// <returns>Whether somebody still waited for it.</returns>
    internal bool Complete(TReply reply) => _reply.Succeed(reply);

    internal void Cancel(CancellationToken token) => _reply.Cancel(token);

    internal override void Fire() => Fail(new TimeoutException($"Process {_receiver} did not reply in time."));

    internal override void Discard() => Fail((ExitReason?)null);
}
