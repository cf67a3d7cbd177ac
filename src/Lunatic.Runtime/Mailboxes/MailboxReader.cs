using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Mailboxes;

/// <summary>The mailbox of a C# process as the base library's reader.</summary>
internal sealed class MailboxReader(NativeProcess process) : ChannelReader<Message>
{
    public override bool CanCount => true;

    public override int Count => process.QueuedMessages;

    public override bool TryRead([MaybeNullWhen(false)] out Message item)
    {
        process.EnsureCalledByBody();
        item = process.TryReceive([]);
        return item is not null;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => process.WaitToReceiveAsync(cancellationToken);

    public override ValueTask<Message> ReadAsync(CancellationToken cancellationToken = default) => process.ReceiveAsync([], ProcessBase.NoDeadline, cancellationToken);
}
