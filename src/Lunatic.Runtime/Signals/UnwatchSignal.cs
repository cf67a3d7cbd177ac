using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Notes at the watcher that it no longer watches a process.</summary>
internal sealed class UnwatchSignal(ProcessId watched) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.Relations?.RemoveWatched(watched);
}
