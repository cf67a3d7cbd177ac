using Lunatic.Runtime.Scheduling;

namespace Lunatic.Runtime.Supervision;

/// <summary>Something that the application asks of a running supervisor; carried out by its loop.</summary>
internal sealed class SupervisorCommand(Scheduler scheduler, Func<SupervisorLoop, Task<ChildHandle>> work)
{
    private readonly Completion<ChildHandle> _done = new(scheduler);

    internal Task<ChildHandle> Task => _done.Task;

    internal async Task RunAsync(SupervisorLoop loop)
    {
        try
        {
            _done.Succeed(await work(loop));
        }
        catch (Exception exception) when (exception is ArgumentException or ChildStartException or InvalidOperationException)
        {
            // the caller's: the supervisor goes on
            _done.Fail(exception);
        }
        catch (Exception)
        {
            _done.Fail(Ended(loop.Name));
            throw;
        }
    }

    internal void Fail(string supervisor) => _done.Fail(Ended(supervisor));

    private static InvalidOperationException Ended(string supervisor) => new($"Supervisor '{supervisor}' has ended.");
}
