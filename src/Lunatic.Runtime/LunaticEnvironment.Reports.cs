using System.Globalization;
using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Processes;
using Lunatic.Wasm.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime;

/// <summary>What an environment logs of its processes.</summary>
public sealed partial class LunaticEnvironment
{
    /// <summary>Logs the end of a process and takes its names away. Before links are told.</summary>
    internal void ReportEnd(ProcessBase process, ExitReason reason, int links)
    {
        LogEnd(process, reason, links);
        if (process.IsRegistered)
            Registry.RemoveAllOf(process.Id);
    }

    private void LogEnd(ProcessBase process, ExitReason reason, int links)
    {
        ILogger logger = Runtime.Logger;
        if (reason.Kind is ExitKind.Killed)
        {
            Log.ProcessKilled(logger, NameForLogs(process), links);
        }
        else if (reason.IsFailure)
        {
            Log.ProcessFailed(logger, NameForLogs(process), links);
            Log.FailureReason(logger, NameForLogs(process), reason, reason.Exception);
        }
        else if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.ProcessEnded(logger, NameForLogs(process), reason.Message);
        }
    }

    internal void ReportReleaseFailure(ProcessBase process, Exception exception) => Log.ReleaseFailed(Runtime.Logger, NameForLogs(process), exception);

    internal void ReportFault(ProcessBase process, Exception exception) => Log.ProcessFaulted(Runtime.Logger, NameForLogs(process), exception);

    internal void ReportListenerFailure(ProcessBase process, Exception exception) => Log.ListenerFailed(Runtime.Logger, NameForLogs(process), exception);

    internal void ReportBodyFailure(ProcessBase process, Exception exception) => Log.BodyFailedAfterEnd(Runtime.Logger, NameForLogs(process), exception);

    // Names of the guest library look like Message/Serializer/Process/name: the part behind the third slash is the one that the programmer gave.
    private string NameForLogs(ProcessBase process)
    {
        string? name = process.IsRegistered ? Registry.NameOf(process.Id) : null;
        return name is null ? process.Id.LocalId.ToString(CultureInfo.InvariantCulture) : $"'{PrintableName.Of(name.Split('/', 4)[^1])}'";
    }
}
