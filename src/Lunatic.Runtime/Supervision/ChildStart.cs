using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>The start of a child. When it is over without error, the process runs.</summary>
/// <param name="process">The process; it may be killed at any time.</param>
internal abstract class ChildStart(ProcessBase process)
{
    internal ProcessBase Process { get; } = process;

    /// <summary>The supervisor that is the child, if it is one.</summary>
    internal virtual Supervisor? Supervisor => null;

    /// <summary>Whether the outcome is known. Until then the supervisor's loop is woken when it may be.</summary>
    internal abstract bool IsOver { get; }

    /// <summary>Why there is no process; null after a success.</summary>
    internal abstract Exception? Error { get; }
}
