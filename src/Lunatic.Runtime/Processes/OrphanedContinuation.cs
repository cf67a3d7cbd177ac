using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Processes;

/// <summary>A part of a C# body that runs after the end of its process: its cleaning up.</summary>
internal sealed class OrphanedContinuation(NativeProcess process, SynchronizationContext synchronization, SendOrPostCallback callback, object? state) : IRunnable
{
    public void Run()
    {
        // Parts of one body never run at the same time, also now.
        lock (synchronization)
        {
            SynchronizationContext? outer = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(synchronization);
            try
            {
                callback(state);
            }
            catch (Exception exception)
            {
                // Nobody is left who could be told but the log.
                process.Environment.ReportBodyFailure(process, exception);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(outer);
            }
        }
    }
}
