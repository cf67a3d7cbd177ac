using Lunatic.Runtime.Mailboxes;

namespace Lunatic.Runtime.Processes;

/// <summary>Requests from outside.</summary>
internal abstract partial class ProcessBase
{
    /// <inheritdoc/>
    public sealed override async Task<byte[]> RequestAsync(byte[] data, TimeSpan timeout, long tag = Message.NoTag, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var request = new PendingRequest();
        if (!Send(Message.Request(tag, data, request)))
            throw new RequestFailedException(Id, EndReason);
        try
        {
            await Task.WhenAny(request.Outcome, Completion).WaitAsync(timeout, Environment.Runtime.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // From now on a reply is refused: the one who replies learns that nobody waits any more.
            request.Close();
        }
        return await request.Outcome.ConfigureAwait(false) ?? throw new RequestFailedException(Id, EndReason);
    }
}
