using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Signals;

namespace Lunatic.Runtime.HostApi.Process;

// Identity, sleep, links, monitors, kill. What these send, also to the process itself, takes effect in the order of the receiver's signals. None of them
// traps: an unknown process is answered as one that has ended.
internal static partial class ProcessApi
{
    /// <summary>The id of the calling process; the first one of an environment is 1.</summary>
    [HostFunction("process_id")]
    public static long ProcessId(ProcessContext context) => context.Process.LocalId;

    /// <summary>The id of the environment.</summary>
    [HostFunction("environment_id")]
    public static long EnvironmentId(ProcessContext context) => context.Environment.Id;

    /// <summary>Sleeps for some milliseconds, all ones for ever; 0 lets others run.</summary>
    [HostFunction("sleep_ms")]
    public static void Sleep(ProcessContext context, long milliseconds) =>
        context.Caller.Wait(context.Process.Sleeping.Until(context.Process.DeadlineIn((ulong)milliseconds)));

    /// <summary>Whether the process dies when a linked process fails (not 0, as it is at first) or gets a message instead (0).</summary>
    [HostFunction("die_when_link_dies")]
    public static void DieWhenLinkDies(ProcessContext context, int dies) => context.Process.Post(new DieWhenLinkDiesSignal(dies != 0));

    /// <summary>
    /// Links the process with another: whichever outlives the other hears of its failure under the tag (0 for none). A link to an unknown process is
    /// answered by the news of its death.
    /// </summary>
    [HostFunction("link")]
    public static void Link(ProcessContext context, long tag, long processId)
    {
        if (context.Environment.Find(processId) is { } other)
            ProcessLinks.Link(context.Process, other, tag);
        else if (processId != context.Process.Id.LocalId)
            ProcessLinks.LinkToNobody(context.Process, context.IdOf(processId), tag);
    }

    /// <summary>Removes a link, if there is one.</summary>
    [HostFunction("unlink")]
    public static void Unlink(ProcessContext context, long processId)
    {
        if (context.Environment.Find(processId) is { } other)
            ProcessLinks.Unlink(context.Process, other);
        else
            context.Process.Post(new UnlinkSignal(context.IdOf(processId)));
    }

    /// <summary>Has the process told, once, when another one ends; at once if it has ended or is unknown.</summary>
    [HostFunction("monitor")]
    public static void Monitor(ProcessContext context, long processId)
    {
        if (context.Environment.Find(processId) is { } other)
            ProcessLinks.Monitor(other, context.Process);
        else
            ProcessLinks.MonitorNobody(context.Process, context.IdOf(processId));
    }

    /// <summary>Gives a monitor up.</summary>
    [HostFunction("stop_monitoring")]
    public static void StopMonitoring(ProcessContext context, long processId)
    {
        if (context.Environment.Find(processId) is { } other)
            ProcessLinks.StopMonitoring(other, context.Process);
    }

    /// <summary>Ends a process; the calling one ends at its next wait or slice end. An unknown process is fine.</summary>
    [HostFunction("kill")]
    public static void Kill(ProcessContext context, long processId) => context.Environment.Find(processId)?.Kill();

    /// <summary>Whether a process exists and has not ended: 0 or 1.</summary>
    [HostFunction("exists")]
    public static int Exists(ProcessContext context, long processId) => context.Environment.Find(processId) is not null ? 1 : 0;
}
