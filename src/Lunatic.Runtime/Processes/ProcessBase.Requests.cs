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
        var request = new PendingRequest<byte[]>(this);
        return SendRequestAsync(Message.Request(tag, data, request), request, timeout, cancellationToken);
    }

    /// <summary>Sends a request that is an object, to a C# process.</summary>
    internal Task<TReply> RequestObjectAsync<TReply>(object body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new PendingRequest<TReply>(this, body);
        return SendRequestAsync(Message.Request(Message.NoTag, request), request, timeout, cancellationToken);
    }

    /// <inheritdoc/>
    public sealed override ScheduledMessage SendAfter(TimeSpan delay, Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        CheckTakes(message);
        return new ScheduledMessage(DelayedSend.Schedule(Environment.Runtime.Timers, this, message, DeadlineIn(delay)));
    }

    /// <inheritdoc/>
    public sealed override ScheduledMessage SendEvery(TimeSpan period, long tag, ReadOnlySpan<byte> data)
    {
        byte[] copy = data.ToArray();
        return SendEvery(period, () => new Message(tag, copy));
    }

    /// <summary>Sends messages again and again.</summary>
    /// <param name="period">The time between two.</param>
    /// <param name="create">Makes one; must not fail.</param>
    internal ScheduledMessage SendEvery(TimeSpan period, Func<Message> create)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        return new ScheduledMessage(PeriodicSend.Schedule(this, create, (long)Math.Min(period.TotalMilliseconds, TimeSpan.MaxValue.TotalMilliseconds / 2)));
    }

    /// <summary>Notes a message that comes later, so that the end of the process drops it.</summary>
    /// <returns>False: the process has ended, or as many are to come as may wait in its mailbox.</returns>
    internal bool Expect(MailTimer timer)
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
    internal void ExpectNoMore(MailTimer timer) => _delayedMail?.Remove(timer);

    private Task<TReply> SendRequestAsync<TReply>(Message message, PendingRequest<TReply> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long deadline = DeadlineIn(timeout);
        // one look where nobody listens
        Activity? activity = ProcessActivities.BeginRequest(this);
        Task<TReply> reply = SendRequestAsync(message, request, deadline, cancellationToken);
        return activity is null ? reply : ProcessActivities.FollowAsync(activity, reply);
    }

    private Task<TReply> SendRequestAsync<TReply>(Message message, PendingRequest<TReply> request, long deadline, CancellationToken cancellationToken)
    {
        if (!Send(message))
            return request.Task;
        // The common case waits without a state machine of its own.
        return deadline == NoDeadline && !cancellationToken.CanBeCanceled ? request.Task : WaitAsync(request, deadline, cancellationToken);
    }

    private async Task<TReply> WaitAsync<TReply>(PendingRequest<TReply> request, long deadline, CancellationToken cancellationToken)
    {
        TimerService timers = Environment.Runtime.Timers;
        if (deadline != NoDeadline)
            timers.Add(request, deadline);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static (request, token) => ((PendingRequest<TReply>)request!).Cancel(token), request);
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
