using System.Diagnostics;
using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Processes;

/// <summary>Requests and delayed messages to a process. Any thread.</summary>
internal abstract partial class ProcessBase
{
    private DelayedMail? _delayedMail;

    /// <inheritdoc/>
    public sealed override Task<byte[]> RequestAsync(byte[] data, TimeSpan timeout, long tag = Message.NoTag, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        long deadline = DeadlineIn(timeout);
        // one look where nobody listens
        Activity? activity = ProcessActivities.BeginRequest(this);
        Task<byte[]> reply = RequestAsync(data, deadline, tag, cancellationToken);
        return activity is null ? reply : ProcessActivities.FollowAsync(activity, reply);
    }

    private Task<byte[]> RequestAsync(byte[] data, long deadline, long tag, CancellationToken cancellationToken)
    {
        var request = new PendingRequest(Id);
        if (!Send(Message.Request(tag, data, request)))
            return request.Task;
        // The common case waits without a state machine of its own.
        return deadline == NoDeadline && !cancellationToken.CanBeCanceled ? request.Task : WaitAsync(request, deadline, cancellationToken);
    }

    /// <inheritdoc/>
    public sealed override ScheduledMessage SendAfter(TimeSpan delay, Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new ScheduledMessage(DelayedSend.Schedule(Environment.Runtime.Timers, this, message, DeadlineIn(delay)));
    }

    /// <summary>Notes a message that comes later, so that the end of the process drops it.</summary>
    /// <returns>False: the process has ended, or as many are to come as may wait in its mailbox.</returns>
    internal bool Expect(DelayedSend timer)
    {
        DelayedMail mail = _delayedMail ?? Interlocked.CompareExchange(ref _delayedMail, new DelayedMail(), null) ?? _delayedMail;
        if (!mail.TryAdd(timer, Environment.Options.MaxMailboxMessages ?? int.MaxValue))
            return false;
        // ended in between: the end may have looked for delayed mail before there was any
        if (HasEnded)
            mail.Close();
        return true;
    }

    /// <summary>A message that was to come later is sent, or given up.</summary>
    internal void ExpectNoMore(DelayedSend timer) => _delayedMail?.Remove(timer);

    private async Task<byte[]> WaitAsync(PendingRequest request, long deadline, CancellationToken cancellationToken)
    {
        TimerService timers = Environment.Runtime.Timers;
        if (deadline != NoDeadline)
            timers.Add(request, deadline);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static (request, token) => ((PendingRequest)request!).Cancel(token), request);
        try
        {
            // The caller's context is kept: for the body of a process this goes on in its slices, whatever scheduler runs them.
            return await request.Task;
        }
        finally
        {
            timers.Cancel(request);
        }
    }
}
