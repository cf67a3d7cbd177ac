using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Timers;

namespace Lunatic.Runtime.HostApi.Timer;

/// <summary><c>lunatic::timer</c>: messages that are sent later.</summary>
[HostNamespace("lunatic::timer")]
internal static partial class TimerApi
{
    /// <summary>
    /// Takes the message and sends it after <paramref name="delay"/> milliseconds, even if the process has ended by then; returns the timer's id. The
    /// receiver is looked up now: for an unknown one the timer sends nothing. Traps when there is no message.
    /// </summary>
    [HostFunction("send_after")]
    public static long SendAfter(ProcessContext context, long processId, long delay)
    {
        if (!context.TryTakeScratch(out Message? message))
            return 0;
        GuestProcess process = context.Process;
        context.Resources.Timers.Purge(static timer => timer.IsOver);
        return context.Resources.Timers.Add(
            DelayedSend.Schedule(process.Environment.Runtime.Timers, process.Environment.Find(processId), message, process.DeadlineIn((ulong)delay)));
    }

    /// <summary>Gives a timer up: 1 if it had not sent its message yet, 0 if it had or the id is unknown.</summary>
    [HostFunction("cancel_timer")]
    public static int CancelTimer(ProcessContext context, long timerId) =>
        context.Resources.Timers.TryRemove(timerId, out DelayedSend? timer) && timer.TryCancel() ? 1 : 0;
}
