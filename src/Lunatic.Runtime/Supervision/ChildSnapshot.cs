namespace Lunatic.Runtime.Supervision;

/// <summary>A child of a supervisor at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">What the supervisor does with it.</param>
/// <param name="ProcessId">Its process; null while there is none.</param>
/// <param name="Restarts">How often it was restarted.</param>
/// <param name="LastExit">How its process ended last, or why it could not be started; null: it never did.</param>
/// <param name="Supervisor">Its own children, if it is a supervisor that runs.</param>
public sealed record ChildSnapshot(string Name, ChildKind Kind, ChildState State, ProcessId? ProcessId, int Restarts, ExitReason? LastExit, SupervisorSnapshot? Supervisor);
