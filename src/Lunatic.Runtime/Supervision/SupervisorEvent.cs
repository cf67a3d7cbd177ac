namespace Lunatic.Runtime.Supervision;

/// <summary>Something happened to a child of a supervisor.</summary>
/// <param name="Kind">What.</param>
/// <param name="Child">The child.</param>
/// <param name="ProcessId">The process that started or ended; null where there is none.</param>
/// <param name="Reason">How the process ended, or why it could not be started; null for starts.</param>
public sealed record SupervisorEvent(SupervisorEventKind Kind, ChildHandle Child, ProcessId? ProcessId, ExitReason? Reason);
