namespace Lunatic.Runtime.Testing;

/// <summary>What becomes of a message.</summary>
internal enum MessageFate
{
    /// <summary>It arrives.</summary>
    Arrives,

    /// <summary>It is lost.</summary>
    Drop,

    /// <summary>It arrives later.</summary>
    Delay,

    /// <summary>Its receiver is killed before it can read it.</summary>
    KillReceiver,

    /// <summary>Its sender is killed once it is sent.</summary>
    KillSender,
}
