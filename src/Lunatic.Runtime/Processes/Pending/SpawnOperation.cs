using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Process;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits until the start function of a child that it spawns is through.</summary>
/// <param name="launch">The child's start.</param>
/// <param name="answer">How the guest is told of the outcome.</param>
internal sealed class SpawnOperation(GuestLaunch launch, SpawnAnswer answer) : PendingOperation
{
    public override bool TryComplete(GuestProcess process)
    {
        if (!launch.IsOver)
            return false;
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)answer.Give(ProcessContext.Of(caller), launch));
        return true;
    }

    // without its spawner nobody would ever know of the child
    public override void Abandon(GuestProcess process) => launch.Process.Kill();
}
