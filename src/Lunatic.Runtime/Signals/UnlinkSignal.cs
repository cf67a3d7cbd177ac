using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Removes a link at one of its two ends.</summary>
internal sealed class UnlinkSignal(ProcessId peer) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.Relations?.RemoveLink(peer);
}
