using Lunatic.Runtime.Inspection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>Killing and stopping. The routes exist only where options allow it, need the policy, and take requests of the dashboard's own pages only.</summary>
internal sealed class DashboardActions(LunaticRuntime runtime, LunaticDashboardOptions options, ILogger logger)
{
    /// <summary>Whether the user may act, so that buttons make sense. Authorisation itself is the business of the routes.</summary>
    internal async Task<bool> AreAllowedAsync(HttpContext context)
    {
        if (!options.AllowActions)
            return false;
        IAuthorizationPolicyProvider policies = context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>();
        if (await policies.GetPolicyAsync(options.ActionPolicy!) is not { } policy)
            return false;
        IPolicyEvaluator evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context);
        return (await evaluator.AuthorizeAsync(policy, authentication, context, resource: null)).Succeeded;
    }

    /// <summary>Whether a process can be asked to end: by its supervisor, or itself if it is a C# process.</summary>
    internal static bool CanStop(ProcessSnapshot process, SupervisedChild? place) => place is not null || process.Kind is not ProcessKind.Guest;

    internal Task KillAsync(HttpContext context) => ActAsync(context, (process, user) =>
    {
        DashboardLog.Killed(logger, process.Id, user);
        process.Kill();
        return true;
    });

    internal Task StopAsync(HttpContext context) => ActAsync(context, (process, user) =>
    {
        ProcessSnapshot snapshot = process.GetSnapshot();
        SupervisedChild? place = SupervisedChild.Find(runtime, snapshot);
        if (!CanStop(snapshot, place))
            return false;
        DashboardLog.Stopped(logger, process.Id, user);
        // it may take as long as the process likes: nobody waits for it
        if (place is { Child: { } child, Above: { } above })
            _ = FollowAsync(process.Id, above.TerminateChildAsync(child.Name));
        else if (place is { Self: { } root })
            _ = FollowAsync(process.Id, root.StopAsync());
        else
            process.RequestStop();
        return true;
    });

    private async Task ActAsync(HttpContext context, Func<LunaticProcess, string, bool> act)
    {
        if (!SameOrigin.IsSatisfiedBy(context.Request))
        {
            DashboardLog.CrossSite(logger, context.Request.Path);
            await JsonResponse.RefuseAsync(context, StatusCodes.Status403Forbidden, "The request does not come from the dashboard.");
        }
        else if (RequestedProcess.Find(runtime, context) is not { } process)
        {
            await JsonResponse.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such process, or it has ended.");
        }
        else if (act(process, context.User.Identity?.Name ?? "(unnamed)"))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        else
        {
            await JsonResponse.RefuseAsync(context, StatusCodes.Status409Conflict, "A guest that nobody supervises can only be killed.");
        }
    }

    private async Task FollowAsync(ProcessId process, Task stopping)
    {
        try
        {
            await stopping;
        }
        catch (Exception exception)
        {
            DashboardLog.StopFailed(logger, process, exception);
        }
    }
}
