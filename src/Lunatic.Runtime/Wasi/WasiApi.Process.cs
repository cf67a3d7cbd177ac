using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.Wasi;

// proc_*, sched_yield
internal static partial class WasiApi
{
    /// <summary>Ends the process; code 0 is a normal end.</summary>
    [HostFunction("proc_exit")]
    public static void ProcExit(ProcessContext context, int code) => context.Caller.Exit(code);

    /// <summary>Traps: there are no signals.</summary>
    [HostFunction("proc_raise")]
    public static int ProcRaise(ProcessContext context, int signal) =>
        context.Trap($"wasi_snapshot_preview1::proc_raise: signals are not supported (signal {signal})");

    /// <summary>Lets other processes run: the slice ends at the next point where it can.</summary>
    [HostFunction("sched_yield")]
    public static int SchedYield(ProcessContext context)
    {
        context.Caller.Store.Interrupt();
        return 0;
    }
}
