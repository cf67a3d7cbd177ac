using Lunatic.Runtime.HostApi;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits until the start function of a child that it spawns is through.</summary>
/// <param name="launch">The child's start.</param>
/// <param name="answer">Tells the guest of the outcome, by the rules of a host function, whose result is returned.</param>
internal sealed class SpawnOperation(GuestLaunch launch, Func<ProcessContext, GuestLaunch, int> answer) : PendingOperation
{
    public override bool TryComplete(GuestProcess process)
    {
        if (!launch.IsOver)
            return false;
        process.Store.ContinueWait(caller => caller.Store.WaitSlots[0] = (uint)answer(ProcessContext.Of(caller), launch));
        return true;
    }

    // without its spawner nobody would ever know of the child
    public override void Abandon(GuestProcess process) => launch.Process.Kill();
}
