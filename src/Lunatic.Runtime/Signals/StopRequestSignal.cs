using System.Runtime.CompilerServices;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>Asks a C# process to end.</summary>
internal sealed class StopRequestSignal : ProcessSignal
{
    // Only C# processes are asked like this.
    internal override void Apply(ProcessBase receiver) => Unsafe.As<NativeProcess>(receiver).ApplyStopRequest();
}
