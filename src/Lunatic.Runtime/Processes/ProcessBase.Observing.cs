namespace Lunatic.Runtime.Processes;

/// <summary>What listeners of metrics and traces are told of a process. Their failures are logged: they run on workers, and where a process must end.</summary>
internal abstract partial class ProcessBase
{
    private void ObserveStart()
    {
        try
        {
            Environment.Runtime.Metrics.Processes.Spawned(this);
            Environment.Runtime.Activities.Begin(this);
        }
        catch (Exception exception)
        {
            Environment.ReportListenerFailure(this, exception);
        }
    }

    private void ObserveEnd(ExitReason reason)
    {
        try
        {
            Environment.Runtime.Metrics.Processes.Ended(this, reason);
            Environment.Runtime.Activities.End(this, reason);
        }
        catch (Exception exception)
        {
            Environment.ReportListenerFailure(this, exception);
        }
    }

    private void RunMeasured()
    {
        TimeProvider clock = Environment.Runtime.TimeProvider;
        long start = clock.GetTimestamp();
        RunSlices();
        try
        {
            Environment.Runtime.Metrics.Processes.SliceTook(this, clock.GetElapsedTime(start));
        }
        catch (Exception exception)
        {
            Environment.ReportListenerFailure(this, exception);
        }
    }
}
