using System.Threading.Channels;

namespace Lunatic.Runtime.Mailboxes;

/// <summary>The mailbox of a process as the base library's writer. It is complete when the process has ended; nobody can complete it.</summary>
internal sealed class MailboxWriter(LunaticProcess process) : ChannelWriter<Message>
{
    public override bool TryWrite(Message item) => process.Send(item);

    public override bool TryComplete(Exception? error = null) => false;

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<bool>(cancellationToken) : new ValueTask<bool>(!process.HasEnded);

    // the base class would wait for room and try again
    public override ValueTask WriteAsync(Message item, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (process.Send(item))
            return default;
        return ValueTask.FromException(process.HasEnded
            ? new ChannelClosedException($"{process} has ended.")
            : new ChannelClosedException($"The mailbox of {process} is full and refuses messages."));
    }
}
