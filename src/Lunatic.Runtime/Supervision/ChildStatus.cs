using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>A child at one moment, as its supervisor publishes it. Immutable.</summary>
/// <param name="State">What the supervisor does with it.</param>
/// <param name="Process">Its process; null while there is none.</param>
/// <param name="Supervisor">That process as a supervisor, if it is one.</param>
/// <param name="Restarts">How often it was restarted.</param>
/// <param name="LastExit">How its process ended last, or why it could not be started.</param>
internal sealed record ChildStatus(ChildState State, ProcessBase? Process, Supervisor? Supervisor, int Restarts, ExitReason? LastExit)
{
    internal static readonly ChildStatus New = new(ChildState.Starting, null, null, 0, null);
}
