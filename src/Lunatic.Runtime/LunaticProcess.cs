using System.Threading.Channels;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Mailboxes;

namespace Lunatic.Runtime;

/// <summary>A process: a guest or its C# peer. All members can be used from any thread, also after the process has ended.</summary>
public abstract class LunaticProcess
{
    private protected LunaticProcess()
    {
    }

    /// <summary>The process's identity.</summary>
    public abstract ProcessId Id { get; }

    /// <summary>The environment that it lives in.</summary>
    public abstract LunaticEnvironment Environment { get; }

    /// <summary>Completes when the process has ended and released what it held. Never fails.</summary>
    public abstract Task<ExitReason> Completion { get; }

    /// <summary>Whether the process has ended; it may still be releasing what it held.</summary>
    public abstract bool HasEnded { get; }

    /// <summary>Waits until the process has ended and released what it held. When the token is cancelled, the process is killed.</summary>
    /// <param name="cancellationToken">Kills the process, for example when the request that it works for is aborted.</param>
    /// <returns>Why it ended. Never fails, also not when the token is cancelled.</returns>
    public async Task<ExitReason> WaitForEndAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static process => ((LunaticProcess)process!).Kill(), this);
        return await Completion;
    }

    /// <summary>Sends a message; it belongs to the receiver from now on.</summary>
    /// <returns>False: the process has ended or its mailbox is full; the message is dropped and counted as undeliverable.</returns>
    /// <exception cref="ArgumentException">The message is an object and the process a guest.</exception>
    public abstract bool Send(Message message);

    /// <summary>Sends a message with a copy of the given bytes.</summary>
    /// <param name="tag">The tag that a selective receive can ask for, or <see cref="Message.NoTag"/>.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>False: the process has ended or its mailbox is full; the message is dropped and counted as undeliverable.</returns>
    public bool Send(long tag, ReadOnlySpan<byte> data) => Send(new Message(tag, data));

    /// <summary>Sends a message later. Nothing but the runtime's disposal or a cancellation prevents it: it does not depend on the sender.</summary>
    /// <param name="delay">How much later.</param>
    /// <param name="message">The message; it belongs to the receiver from now on.</param>
    public abstract ScheduledMessage SendAfter(TimeSpan delay, Message message);

    /// <summary>Sends a message again and again, first at the end of the period, until it is given up or the process ends. Times that were missed are skipped.</summary>
    /// <param name="period">The time between two, at least a millisecond.</param>
    /// <param name="tag">The tag that a selective receive can ask for, or <see cref="Message.NoTag"/>.</param>
    /// <param name="data">The bytes; they are copied.</param>
    public abstract ScheduledMessage SendEvery(TimeSpan period, long tag, ReadOnlySpan<byte> data);

    /// <summary>
    /// The mailbox as a channel to write to. Writing is sending: where <see cref="Send(Message)"/> refuses a message, <c>TryWrite</c> gives false and <c>WriteAsync</c> throws
    /// <see cref="ChannelClosedException"/>; nothing waits for room in a full mailbox, and nobody can complete the channel.
    /// </summary>
    public ChannelWriter<Message> Writer => new MailboxWriter(this);

    /// <summary>Ends the process. It stops at its next wait, or after its current slice.</summary>
    public abstract void Kill();

    /// <summary>
    /// Asks a C# process to end, by its <see cref="NativeProcessContext.StopRequested"/>; one whose body never asked for the token cannot hear it, and is killed. A supervisor is stopped by
    /// <see cref="Supervision.Supervisor.StopAsync"/> instead.
    /// </summary>
    /// <returns>False: the process is a guest, which only messages can ask; nothing happens.</returns>
    public abstract bool RequestStop();

    /// <summary>The process at this moment. Disturbs it in no way.</summary>
    public abstract ProcessSnapshot GetSnapshot();

    /// <summary>
    /// Has the process describe itself between two of its slices: its calls, if it is a guest, and its links and monitors. One that is in a slice answers when that is over, which may be
    /// never for a C# body or a host function that does not come back.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer; null: the process has ended.</returns>
    public abstract Task<ProcessInspection?> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>Links this process with another: if one fails, the other dies too, or gets a <see cref="MessageKind.LinkDied"/> message if it asked for that. Linking again replaces the tag.</summary>
    /// <param name="other">The other process. If it has ended, this process is told as if it had failed.</param>
    /// <param name="tag">The tag of that message.</param>
    public abstract void Link(LunaticProcess other, long tag = Message.NoTag);

    /// <summary>Removes the link between this process and another, if there is one.</summary>
    public abstract void Unlink(LunaticProcess other);

    /// <summary>Has a watcher told by a <see cref="MessageKind.ProcessDied"/> message when this process ends, however it ends; at once if it has ended. Asking again changes nothing.</summary>
    public abstract void Monitor(LunaticProcess watcher);

    /// <summary>Takes a watcher off the list.</summary>
    public abstract void StopMonitoring(LunaticProcess watcher);

    /// <summary>Sends a request to a C# process and waits for its reply (<see cref="NativeProcessContext.Reply"/>).</summary>
    /// <param name="data">The request's bytes; the caller must not change them any more.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="tag">The tag of the request, or <see cref="Message.NoTag"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The reply's bytes.</returns>
    /// <exception cref="TimeoutException">No reply in time.</exception>
    /// <exception cref="RequestFailedException">The process has ended, or refuses messages.</exception>
    public abstract Task<byte[]> RequestAsync(byte[] data, TimeSpan timeout, long tag = Message.NoTag, CancellationToken cancellationToken = default);

    /// <summary>For example <c>process 1.42</c>.</summary>
    public override string ToString() => $"process {Id}";
}
