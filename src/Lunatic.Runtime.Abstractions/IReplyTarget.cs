namespace Lunatic.Runtime;

/// <summary>Who waits for the reply to a request.</summary>
internal interface IReplyTarget
{
    /// <summary>Hands in the reply. Only the first counts.</summary>
    /// <returns>Whether somebody still waited for it.</returns>
    bool Reply(byte[] data);

    /// <summary>The request was dropped before anybody read it.</summary>
    void Undelivered();
}
