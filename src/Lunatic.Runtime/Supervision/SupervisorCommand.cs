namespace Lunatic.Runtime.Supervision;

/// <summary>Something that the application asks of a running supervisor; carried out by its loop.</summary>
internal sealed class SupervisorCommand(Func<SupervisorLoop, Task<ChildHandle>> work)
{
    private readonly TaskCompletionSource<ChildHandle> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<ChildHandle> Task => _done.Task;

    internal async Task RunAsync(SupervisorLoop loop)
    {
        try
        {
            _done.TrySetResult(await work(loop));
        }
        catch (Exception exception) when (exception is ArgumentException or ChildStartException or InvalidOperationException)
        {
            // the caller's: the supervisor goes on
            _done.TrySetException(exception);
        }
        catch (Exception)
        {
            _done.TrySetException(Ended(loop.Name));
            throw;
        }
    }

    internal void Fail(string supervisor) => _done.TrySetException(Ended(supervisor));

    private static InvalidOperationException Ended(string supervisor) => new($"Supervisor '{supervisor}' has ended.");
}
