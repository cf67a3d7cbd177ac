using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>What happens to a process at a point. Made by <see cref="FaultPlan"/>; the last call counts.</summary>
public sealed class ProcessFault
{
    private readonly ProcessFilter _processes;
    private long _left;

    internal ProcessFault(ProcessFilter processes, long number) => (_processes, _left) = (processes, number);

    /// <summary>How the process ends; null: nothing was said.</summary>
    internal ExitReason? Reason { get; private set; }

    /// <summary>Kills it.</summary>
    public void Kill() => Reason = ExitReason.Killed;

    /// <summary>Makes it exit with a code.</summary>
    public void Exit(int code) => Reason = ExitReason.Exited(code);

    /// <summary>Makes it fail as by an exception of its own.</summary>
    public void Fail(Exception exception) => Reason = ExitReason.Faulted(exception);

    /// <summary>Makes it trap, as a guest does.</summary>
    /// <param name="message">One line that says why.</param>
    public void Trap(string message) => Reason = ExitReason.Trapped(message);

    /// <summary>Makes it end as one that needs more memory than it may have. To refuse a guest memory and let it go on, see <see cref="FaultPlan.RefuseMemory"/>.</summary>
    public void OutOfMemory() => Reason = ExitReason.OutOfMemory("out of memory (injected)");

    internal bool Matches(ObservedProcess process) => _processes.Matches(process);

    /// <summary>Counts something that happened to a process.</summary>
    /// <returns>Whether it is the point.</returns>
    internal bool IsMet(ObservedProcess process) => _left > 0 && Matches(process) && --_left == 0;
}
