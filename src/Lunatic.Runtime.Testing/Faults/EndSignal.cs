using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Testing.Faults;

/// <summary>Ends a process for a reason that a test has chosen.</summary>
internal sealed class EndSignal(ExitReason reason) : ProcessSignal
{
    internal override void Apply(ProcessBase receiver) => receiver.End(reason);
}
