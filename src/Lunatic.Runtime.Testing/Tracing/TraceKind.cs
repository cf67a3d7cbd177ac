namespace Lunatic.Runtime.Testing.Tracing;

/// <summary>What happened.</summary>
internal enum TraceKind
{
    /// <summary>A process was spawned.</summary>
    Spawn,

    /// <summary>A process runs for a slice.</summary>
    Slice,

    /// <summary>A message was sent.</summary>
    Message,

    /// <summary>A process has ended.</summary>
    End,

    /// <summary>The clock moves on.</summary>
    Clock,

    /// <summary>The test's body goes on.</summary>
    Test,

    /// <summary>Work is done that would block a worker.</summary>
    Work,

    /// <summary>A fault was injected.</summary>
    Fault,
}
