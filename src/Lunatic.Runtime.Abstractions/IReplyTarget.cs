namespace Lunatic.Runtime;

/// <summary>Who waits for the reply to a request. Only the first outcome counts. Any thread.</summary>
internal interface IReplyTarget
{
    /// <summary>Whether somebody still waits.</summary>
    bool IsOpen { get; }

    /// <summary>The request, if it is an object.</summary>
    object? Body { get; }

    /// <summary>Hands in a reply of bytes.</summary>
    /// <returns>Whether somebody still waited for it.</returns>
    /// <exception cref="InvalidOperationException">The reply has to be an object.</exception>
    bool Reply(byte[] data);

    /// <summary>There will be no reply.</summary>
    /// <param name="reason">Why the process that has the request ended; null: the request was dropped before anybody read it.</param>
    void Fail(ExitReason? reason);

    /// <summary>There will be no reply.</summary>
    void Fail(Exception failure);
}
