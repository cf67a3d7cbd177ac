namespace Lunatic.Runtime;

/// <summary>Who waits for the reply to a request. Only the first outcome counts. Any thread.</summary>
internal interface IReplyTarget
{
    /// <summary>Whether somebody still waits.</summary>
    bool IsOpen { get; }

    /// <summary>Hands in the reply.</summary>
    /// <returns>Whether somebody still waited for it.</returns>
    bool Reply(byte[] data);

    /// <summary>There will be no reply.</summary>
    /// <param name="reason">Why the process that has the request ended; null: the request was dropped before anybody read it.</param>
    void Fail(ExitReason? reason);
}
