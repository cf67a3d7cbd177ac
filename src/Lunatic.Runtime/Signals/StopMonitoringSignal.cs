using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Takes a watcher off the receiver's list.</summary>
internal sealed class StopMonitoringSignal(ProcessId watcher) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.Relations?.RemoveWatcher(watcher);
}
