using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Wasi.Stdio;

namespace Lunatic.Runtime.Wasi;

/// <summary>A guest waits for a time, for standard input, or for whichever comes first.</summary>
internal sealed class WasiWait : PendingOperation
{
    private readonly StandardInput? _input;
    private readonly Func<ProcessContext, int> _goOn;

    private WasiWait(StandardInput? input, long deadline, Func<ProcessContext, int> goOn)
    {
        _input = input;
        _goOn = goOn;
        Deadline = deadline;
    }

    /// <summary>Suspends the process that calls.</summary>
    /// <param name="context">The process.</param>
    /// <param name="input">What it waits for besides the deadline, or null.</param>
    /// <param name="deadline">When it goes on in any case (<see cref="ProcessBase.NoDeadline"/>: never).</param>
    /// <param name="goOn">Goes on then, as the host function that it is: its result is the function's, and it may wait again.</param>
    public static int Begin(ProcessContext context, StandardInput? input, long deadline, Func<ProcessContext, int> goOn)
    {
        input?.WhenReady(context.Process.Wake, context.Process.Scheduler.RunReader);
        context.Caller.Wait(new WasiWait(input, deadline, goOn));
        return 0;
    }

    public override bool TryComplete(GuestProcess process)
    {
        if (!process.HasPassed(Deadline) && _input is not { IsReady: true })
            return false;
        _input?.Forget(process.Wake);
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)_goOn(ProcessContext.Of(caller)));
        return true;
    }

    public override void Abandon(GuestProcess process) => _input?.Forget(process.Wake);
}
