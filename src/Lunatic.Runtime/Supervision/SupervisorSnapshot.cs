using System.Collections.Immutable;

namespace Lunatic.Runtime.Supervision;

/// <summary>A supervisor and all below it. Each child is shown as it was at one moment, but not all at the same.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Strategy">Which children it restarts together.</param>
/// <param name="Exit">How it ended; null while it has not.</param>
/// <param name="Children">Its children, in the order of their start.</param>
public sealed record SupervisorSnapshot(string Name, ProcessId ProcessId, RestartStrategy Strategy, ExitReason? Exit, ImmutableArray<ChildSnapshot> Children);
