using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Says whether the receiver dies when a linked process fails, or gets a message. Queued, so that it takes effect in order with what was sent before.</summary>
internal sealed class DieWhenLinkDiesSignal(bool dies) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.DiesWhenLinkDies = dies;
}
