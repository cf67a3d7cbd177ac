using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>An order of the runtime to a process. It is applied between slices, in the order of the process's inbound queue.</summary>
internal abstract class ProcessSignal : Signal
{
    /// <summary>Applies the signal. Owner of the receiver only.</summary>
    internal abstract void Apply(ProcessBase receiver);
}
