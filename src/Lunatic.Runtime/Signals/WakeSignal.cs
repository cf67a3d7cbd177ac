using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Makes a process look again at what it waits for. One per process, in its queue at most once.</summary>
internal sealed class WakeSignal : ProcessSignal
{
    private int _posted;

    /// <summary>True: the caller posts it. False: it is inbound already, and what the caller made visible before will be seen.</summary>
    internal bool TryClaim() => Interlocked.Exchange(ref _posted, 1) == 0;

    // A full fence: what is looked at after this was made visible before any claim that fails from now on.
    internal override void Apply(ProcessBase receiver) => Interlocked.Exchange(ref _posted, 0);
}
