using Lunatic.Runtime.HostApi;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits until the start function of a child that it spawns is through.</summary>
/// <param name="launch">The child's start.</param>
/// <param name="report">Writes the outcome into the guest's memory; its result is the host function's.</param>
internal sealed class SpawnOperation(GuestLaunch launch, Func<ProcessContext, GuestLaunch, int> report) : PendingOperation
{
    public override bool TryComplete(GuestProcess process)
    {
        if (!launch.IsOver)
            return false;
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)report(ProcessContext.Of(caller), launch));
        return true;
    }

    // without its spawner nobody would ever know of the child
    public override void Abandon(GuestProcess process) => launch.Process.Kill();
}
