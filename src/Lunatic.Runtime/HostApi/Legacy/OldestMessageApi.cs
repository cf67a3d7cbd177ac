using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Messaging;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>What <c>lunatic::message</c> had until 0.7.0 in another form.</summary>
[HostNamespace("lunatic::message")]
internal static partial class OldestMessageApi
{
    /// <summary>Waits for a message with the tag, or for any (tag 0), as the later receive does; time 0 means for ever.</summary>
    [HostFunction("receive")]
    public static int Receive(ProcessContext context, long tag, int timeout)
    {
        GuestProcess process = context.Process;
        ReadOnlySpan<long> tags = tag == Message.NoTag ? [] : [tag];
        return MessageApi.Receive(context, tags, LegacyMessageApi.DeadlineOf(process, timeout));
    }
}
