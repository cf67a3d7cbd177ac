using System.Runtime.CompilerServices;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Signals;

/// <summary>A continuation of a C# process's body, for its next slice.</summary>
internal sealed class ContinuationSignal(SendOrPostCallback callback, object? state) : ProcessSignal
{
    internal SendOrPostCallback Callback { get; } = callback;

    internal object? State { get; } = state;

    // Only the process's own synchronization context posts it.
    internal override void Apply(ProcessBase receiver) => Unsafe.As<NativeProcess>(receiver).AddReady(this);
}
