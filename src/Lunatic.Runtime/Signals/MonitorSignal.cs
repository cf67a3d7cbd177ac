using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Asks the receiver to tell a watcher of its end, once however often it is asked.</summary>
internal sealed class MonitorSignal(ProcessBase watcher) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.EnsureRelations().AddWatcher(watcher);
}
