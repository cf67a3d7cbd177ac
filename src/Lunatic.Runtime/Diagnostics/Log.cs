using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.Diagnostics;

/// <summary>Everything that the runtime logs. Event ids: 1-19 processes, 20-29 environments, 30-39 scheduling, 40-49 supervision, 50-59 hosting.</summary>
internal static partial class Log
{
    /// <summary>Category of the runtime's logger.</summary>
    internal const string Category = "Lunatic.Runtime";

    /// <summary>Category of the logger of what starts and stops with an application's host.</summary>
    internal const string HostingCategory = "Lunatic.Runtime.Hosting";

    [LoggerMessage(1, LogLevel.Warning, "Process {Process} failed, notifying: {Links} links")]
    internal static partial void ProcessFailed(ILogger logger, string process, int links);

    [LoggerMessage(2, LogLevel.Warning, "Process {Process} was killed, notifying: {Links} links")]
    internal static partial void ProcessKilled(ILogger logger, string process, int links);

    [LoggerMessage(3, LogLevel.Warning, "Process {Process}: {Reason}")]
    internal static partial void FailureReason(ILogger logger, string process, ExitReason reason, Exception? exception);

    [LoggerMessage(4, LogLevel.Debug, "Process {Process} ended: {Reason}")]
    internal static partial void ProcessEnded(ILogger logger, string process, string reason);

    [LoggerMessage(5, LogLevel.Error, "Process {Process} could not release what it held")]
    internal static partial void ReleaseFailed(ILogger logger, string process, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Process {Process}: its body failed after the process had ended")]
    internal static partial void BodyFailedAfterEnd(ILogger logger, string process, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "Process {Process}: the runtime failed while it ended the process")]
    internal static partial void ProcessFaulted(ILogger logger, string process, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "A listener of metrics or traces failed at {Process}")]
    internal static partial void ListenerFailed(ILogger logger, string process, Exception exception);

    [LoggerMessage(20, LogLevel.Warning, "Environment {Environment} is disposed of, but {Count} processes have not ended within {Timeout}: {Processes}")]
    internal static partial void Stragglers(ILogger logger, string environment, int count, TimeSpan timeout, string processes);

    [LoggerMessage(30, LogLevel.Debug, "Worker {Worker} is stuck in one slice; a spare thread takes over its queue ({Spares} spare threads at work)")]
    internal static partial void WorkerStuck(ILogger logger, int worker, int spares);

    [LoggerMessage(31, LogLevel.Warning, "{Stuck} workers are stuck in one slice each, and all {Spares} spare threads are at work or stuck too; processes wait")]
    internal static partial void NoSpareWorkers(ILogger logger, int stuck, int spares);

    [LoggerMessage(32, LogLevel.Error, "The clock failed; timers may be late")]
    internal static partial void ClockFailed(ILogger logger, Exception exception);

    [LoggerMessage(33, LogLevel.Error, "Looking after the workers failed; it goes on")]
    internal static partial void MonitorFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 19, Message = "{Line}")]
    internal static partial void GuestPrinted(ILogger logger, LogLevel level, string line);

    [LoggerMessage(40, LogLevel.Information, "Supervisor {Supervisor} restarts child {Child} in {Delay}: it ended, {Reason}")]
    internal static partial void ChildRestarts(ILogger logger, string supervisor, string child, TimeSpan delay, string reason);

    [LoggerMessage(41, LogLevel.Error, "Supervisor {Supervisor} gives up: child {Child} ended ({Reason}) after {MaxRestarts} restarts within {Period}")]
    internal static partial void SupervisorGaveUp(ILogger logger, string supervisor, string child, int maxRestarts, TimeSpan period, string reason);

    [LoggerMessage(42, LogLevel.Warning, "Supervisor {Supervisor} kills child {Child}: it has not ended within {Timeout}")]
    internal static partial void ChildKilled(ILogger logger, string supervisor, string child, TimeSpan timeout);

    [LoggerMessage(43, LogLevel.Error, "Supervisor {Supervisor}: the application's handler of events failed")]
    internal static partial void EventHandlerFailed(ILogger logger, string supervisor, Exception exception);

    [LoggerMessage(44, LogLevel.Error, "Supervisor {Supervisor}: the stop message for child {Child} could not be made; it is killed")]
    internal static partial void StopMessageFailed(ILogger logger, string supervisor, string child, Exception exception);

    [LoggerMessage(50, LogLevel.Debug, "Module {Module} is compiled")]
    internal static partial void ModuleCompiled(ILogger logger, string module);

    [LoggerMessage(51, LogLevel.Information, "Supervisor {Supervisor} has started in environment {Environment}, with {Children} children")]
    internal static partial void SupervisorStarted(ILogger logger, string supervisor, string environment, int children);

    [LoggerMessage(52, LogLevel.Information, "Supervisor {Supervisor} has stopped")]
    internal static partial void SupervisorStopped(ILogger logger, string supervisor);

    [LoggerMessage(53, LogLevel.Warning, "Supervisor {Supervisor} was killed: it had not stopped within the host's shutdown timeout")]
    internal static partial void SupervisorKilled(ILogger logger, string supervisor);
}
