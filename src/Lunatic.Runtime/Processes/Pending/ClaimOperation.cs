using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Registry;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest asked for a name that another process is about to give to a process that it spawns, and waits for the outcome.</summary>
/// <param name="name">The name.</param>
/// <param name="goOn">Goes on with the outcome; its result is the host function's.</param>
internal sealed class ClaimOperation(string name, Func<ProcessContext, ClaimResult, ProcessId, int> goOn) : PendingOperation
{
    public override bool TryComplete(GuestProcess process)
    {
        ClaimResult claim = process.Environment.Registry.Claim(name, process, out ProcessId existing);
        if (claim is ClaimResult.Busy)
            return false;
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)goOn(ProcessContext.Of(caller), claim, existing));
        return true;
    }
}
