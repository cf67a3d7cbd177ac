namespace Lunatic.Runtime.Supervision;

/// <summary>After which ends a child is restarted.</summary>
public enum RestartPolicy
{
    /// <summary>After every end.</summary>
    Permanent,

    /// <summary>After failures (<see cref="ExitReason.IsFailure"/>); after a normal end it stays down, until its supervisor restarts all of its children.</summary>
    Transient,

    /// <summary>Never; when it has ended it is no child any more.</summary>
    Temporary,
}
