using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>What the dashboard logs: who ended what.</summary>
internal static partial class DashboardLog
{
    /// <summary>The category.</summary>
    internal const string Category = "Lunatic.Runtime.Dashboard";

    [LoggerMessage(60, LogLevel.Warning, "Process {Process} is killed by user {User} of the dashboard")]
    internal static partial void Killed(ILogger logger, ProcessId process, string user);

    [LoggerMessage(61, LogLevel.Warning, "Process {Process} is asked to end by user {User} of the dashboard")]
    internal static partial void Stopped(ILogger logger, ProcessId process, string user);

    [LoggerMessage(62, LogLevel.Warning, "A request to {Path} that did not come from the dashboard was refused")]
    internal static partial void CrossSite(ILogger logger, PathString path);

    [LoggerMessage(63, LogLevel.Warning, "Process {Process} could not be stopped")]
    internal static partial void StopFailed(ILogger logger, ProcessId process, Exception exception);
}
