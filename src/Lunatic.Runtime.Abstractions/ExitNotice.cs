namespace Lunatic.Runtime;

/// <summary>News of a process's end, as carried by a message.</summary>
/// <param name="Process">The process that ended.</param>
/// <param name="Reason">Why; null where it did not exist.</param>
internal sealed record ExitNotice(ProcessId Process, ExitReason? Reason);
