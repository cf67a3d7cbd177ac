using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Endpoints;

/// <summary>A request that is handled by a process of its own.</summary>
internal sealed class RequestProcess(HttpContext request, Func<NativeProcessContext, HttpContext, Task> body)
{
    private readonly TaskCompletionSource _bodyEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _bodyStarted;

    internal async Task RunAsync(LunaticEnvironment environment)
    {
        ExitReason reason;
        try
        {
            reason = await environment.Spawn(RunBodyAsync).WaitForEndAsync(request.RequestAborted);
        }
        catch (LimitExceededException)
        {
            Refuse();
            return;
        }
        // The end of a killed process is logical. What is left of its body still has the request, which the server will use for another one.
        if (_bodyStarted)
            await _bodyEnded.Task;
        if (!reason.IsFailure || request.RequestAborted.IsCancellationRequested)
            return;
        if (reason.Exception is { } exception)
            ExceptionDispatchInfo.Throw(exception);
        Refuse();
    }

    private async Task RunBodyAsync(NativeProcessContext context)
    {
        _bodyStarted = true;
        try
        {
            await body(context, request);
        }
        finally
        {
            _bodyEnded.SetResult();
        }
    }

    private void Refuse()
    {
        if (request.Response.HasStarted)
            request.Abort();
        else
            request.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }
}
