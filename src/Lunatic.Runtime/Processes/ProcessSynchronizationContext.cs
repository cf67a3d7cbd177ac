using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.Processes;

/// <summary>Brings the continuations of a C# process's awaits back into its slices.</summary>
internal sealed class ProcessSynchronizationContext(NativeProcess process) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        process.Scheduler.Resuming(process);
        if (!process.Post(new ContinuationSignal(d, state)))
            process.RunOrphan(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing may wait for a process synchronously: use Post.");

    public override SynchronizationContext CreateCopy() => this;
}
