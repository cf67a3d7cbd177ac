using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Notes a link at one of its two ends; linking again replaces the tag.</summary>
/// <param name="peer">The other end: it is told when the receiver ends.</param>
/// <param name="tag">The tag of the news that the peer gets.</param>
internal sealed class LinkSignal(ProcessBase peer, long tag) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver)
    {
        if (peer != receiver)
            receiver.EnsureRelations().AddLink(peer, tag);
    }
}
