using System.Collections.Immutable;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Signals;

/// <summary>Asks a process to describe itself: its own slice is the only place where its relations and frames stand still.</summary>
/// <param name="scheduler">The scheduler of the process.</param>
internal sealed class InspectSignal(Scheduler scheduler) : ProcessSignal
{
    private readonly Completion<ProcessInspection?> _answer = new(scheduler);

    /// <summary>The answer; null: the process has ended.</summary>
    internal Task<ProcessInspection?> Answer => _answer.Task;

    internal override void Apply(ProcessBase receiver)
    {
        try
        {
            if (receiver.TryCaptureStack(out ImmutableArray<string> stack))
                _answer.Succeed(receiver.Inspect(stack));
            // Signals are also taken in by a guest that looks for a message, when its frames are not where they can be read: again, behind its slice.
            else if (!receiver.Post(this))
                SetEnded();
        }
        catch (Exception exception)
        {
            // a question must not be a process's end
            _answer.Fail(exception);
        }
    }

    internal void SetEnded() => _answer.Succeed(null);
}
