using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Notes at the watcher whom it watches, so that its end takes it off that process's list.</summary>
internal sealed class WatchSignal(ProcessBase watched) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.EnsureRelations().AddWatched(watched);
}
