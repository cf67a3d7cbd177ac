using System.Globalization;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Testing.Scheduling;
using Lunatic.Runtime.Wasi;

namespace Lunatic.Runtime.Testing.Tracing;

/// <summary>Says what the processes of a run wait for.</summary>
internal static class WaitReport
{
    private const int MaxLines = 50;

    /// <summary>A line for each process.</summary>
    internal static IReadOnlyList<string> Of(DeterministicRuntime run)
    {
        ObservedProcess[] living = run.Scheduler.Living();
        List<string> lines = [.. living.Take(MaxLines).Select(process => $"{Label(process)} {WaitOf(process, run)}")];
        if (living.Length > MaxLines)
            lines.Add($"and {living.Length - MaxLines} more");
        return lines;
    }

    internal static string Text(IReadOnlyList<string> waits) =>
        waits.Count == 0 ? "There are no processes." : "Processes:\n  " + string.Join("\n  ", waits);

    private static string Label(ObservedProcess process)
    {
        process.LookForName();
        return process.Label;
    }

    private static string WaitOf(ObservedProcess observed, DeterministicRuntime run)
    {
        string text = observed.Process switch
        {
            NativeProcess native => WaitOf(native, observed, run),
            GuestProcess guest => WaitOf(guest, run),
            _ => "has ended",
        };
        return observed.Process is { QueuedMessages: > 0 and int queued } ? $"{text}; {queued} {(queued == 1 ? "message is" : "messages are")} in its mailbox" : text;
    }

    private static string WaitOf(NativeProcess process, ObservedProcess observed, DeterministicRuntime run) => process switch
    {
        _ when observed.Probe is { } probe => $"is a probe{probe.Waiting}",
        { TakesMail: false } => "supervises",
        { WaitsFor: WaitKind.Message } => $"waits for {Messages(process.Tags)}{Until(process.WaitDeadline, run)}",
        { WaitsFor: WaitKind.Mail } => "waits for any message",
        { WaitsFor: WaitKind.Deadline } => $"sleeps{Until(process.WaitDeadline, run)}",
        _ => "awaits something that is not its mailbox, or is ready",
    };

    private static string WaitOf(GuestProcess process, DeterministicRuntime run) => process.Pending switch
    {
        null => "is ready",
        ReceiveOperation receive => $"waits for {Messages(receive.Tags)}{Until(receive.Deadline, run)}",
        SleepOperation sleep => $"sleeps{Until(sleep.Deadline, run)}",
        SpawnOperation => "waits for the start function of a child",
        ClaimOperation => "waits for a name that another process is about to give away",
        BlockingOperation => "waits for blocking work",
        WasiWait wait => $"waits in poll_oneoff or for standard input{Until(wait.Deadline, run)}",
        { } other => $"waits in {other.GetType().Name}{Until(other.Deadline, run)}",
    };

    private static string Messages(ReadOnlySpan<long> tags)
    {
        if (tags.IsEmpty)
            return "any message";
        return (tags.Length == 1 ? "a message with tag " : "a message with one of the tags ")
            + string.Join(", ", tags.ToArray().Select(static tag => tag.ToString(CultureInfo.InvariantCulture)));
    }

    // deadlines are milliseconds since the runtime was created, which is when the clock stood at 0
    private static string Until(long deadline, DeterministicRuntime run) =>
        deadline == ProcessBase.NoDeadline ? "" : $" until {TimeSpan.FromMilliseconds(deadline)}{(run.Time.Elapsed.TotalMilliseconds >= deadline ? " (which is over)" : "")}";
}
