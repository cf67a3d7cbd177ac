namespace Lunatic.Runtime.Supervision;

/// <summary>What a supervisor's loop remembers of a child.</summary>
internal sealed class ChildProgress
{
    /// <summary>The process ended by itself, and the loop has not yet decided what follows.</summary>
    internal bool NeedsDecision { get; set; }

    /// <summary>The loop stops the process itself: its end needs no decision.</summary>
    internal bool IsStopping { get; set; }

    /// <summary>The application stopped the child: it stays down whatever happens to its siblings.</summary>
    internal bool IsTerminated { get; set; }

    /// <summary>Restarts in a row, for the back-off.</summary>
    internal int Attempt { get; set; }

    /// <summary>When the process was started, in the runtime's milliseconds.</summary>
    internal long StartedAt { get; set; }

    /// <summary>When it is to be restarted, in the runtime's milliseconds.</summary>
    internal long RestartAt { get; set; }
}
