namespace Lunatic.Runtime;

/// <summary>What a message in a mailbox is.</summary>
public enum MessageKind
{
    /// <summary>Bytes (and maybe resources) that a process or the host sent.</summary>
    Data,

    /// <summary>The runtime says that a linked process failed or did not exist.</summary>
    LinkDied,

    /// <summary>The runtime says that a monitored process ended.</summary>
    ProcessDied,

    /// <summary>An object that a C# process or the host sent to a C# process. Guests never get one.</summary>
    Object,
}
