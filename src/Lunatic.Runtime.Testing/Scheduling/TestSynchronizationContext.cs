using Lunatic.Runtime.Scheduling;
using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing.Scheduling;

/// <summary>Makes the parts of a test's body, from await to await, things that the scheduler runs among the processes.</summary>
internal sealed class TestSynchronizationContext(DeterministicScheduler scheduler) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => scheduler.Schedule(new Continuation(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing may wait for the test synchronously: use Post.");

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        scheduler.Note(TraceKind.Test);
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }

    private sealed class Continuation(TestSynchronizationContext context, SendOrPostCallback callback, object? state) : IRunnable
    {
        public void Run() => context.Run(callback, state);

        public override string ToString() => "the test's body";
    }
}
