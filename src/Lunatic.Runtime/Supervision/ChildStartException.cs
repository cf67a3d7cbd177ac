namespace Lunatic.Runtime.Supervision;

/// <summary>A child of a supervisor could not be started: the inner exception says why.</summary>
public sealed class ChildStartException : LunaticException
{
    internal ChildStartException(string supervisor, string child, Exception cause)
        : base($"Child '{child}' of supervisor '{supervisor}' could not be started: {cause.Message}", cause)
    {
        Supervisor = supervisor;
        Child = child;
    }

    /// <summary>The name of the supervisor.</summary>
    public string Supervisor { get; }

    /// <summary>The name of the child.</summary>
    public string Child { get; }
}
