namespace Lunatic.Runtime.Processes;

/// <summary>What the body of a C# process waits for at its mailbox.</summary>
internal enum WaitKind : byte
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A message, which is taken.</summary>
    Message,

    /// <summary>Some message, which stays where it is.</summary>
    Mail,

    /// <summary>Its deadline only.</summary>
    Deadline,
}
