using Lunatic.Runtime.Mailboxes;
using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.Processes;

/// <summary>Requests and delayed messages to a process. Any thread.</summary>
internal abstract partial class ProcessBase
{
    /// <inheritdoc/>
    public sealed override Task<byte[]> RequestAsync(byte[] data, TimeSpan timeout, long tag = Message.NoTag, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        long deadline = DeadlineIn(timeout);
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
        return new ScheduledMessage(DelayedSend.Schedule(Environment, this, message, DeadlineIn(delay)), Environment.Runtime.Timers);
    }

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
