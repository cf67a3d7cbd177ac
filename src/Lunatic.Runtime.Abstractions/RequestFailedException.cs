namespace Lunatic.Runtime;

/// <summary>A request cannot be answered any more: the process that it was sent to ended, refused it, or handled it without a reply.</summary>
public sealed class RequestFailedException : LunaticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="process">The process that the request was sent to.</param>
    /// <param name="reason">Why it ended, if it is known.</param>
    public RequestFailedException(ProcessId process, ExitReason? reason)
        : base(reason is null ? $"Process {process} did not take the request: it has ended or its mailbox is full." : $"Process {process} ended before it replied: {reason.Message}")
    {
        Process = process;
        Reason = reason;
    }

    internal RequestFailedException(ProcessId process, string message)
        : base(message) => Process = process;

    /// <summary>The process that the request was sent to.</summary>
    public ProcessId Process { get; }

    /// <summary>Why it ended, if it is known.</summary>
    public ExitReason? Reason { get; }
}
