namespace Lunatic.Runtime.Mailboxes;

/// <summary>A request from outside that waits for its reply.</summary>
internal sealed class PendingRequest : IReplyTarget
{
    private readonly TaskCompletionSource<byte[]?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The reply; null: there will be none.</summary>
    internal Task<byte[]?> Outcome => _outcome.Task;

    public bool Reply(byte[] data) => _outcome.TrySetResult(data);

    public void Undelivered() => Close();

    /// <summary>Nobody waits for a reply any more.</summary>
    internal void Close() => _outcome.TrySetResult(null);
}
