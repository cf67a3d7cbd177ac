using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Execution;

/// <summary>Lets threads of the engine stand back behind those that run guests.</summary>
internal static partial class ThreadPriorities
{
    // half the weight of a normal thread where processors are short
    private const int Niceness = 3;
    private const int ProcessPriority = 0;

    /// <summary>Lowers the priority of the calling thread. Where the system refuses it stays.</summary>
    public static void LowerOwn()
    {
        // on Linux the runtime ignores priorities, and who 0 is the calling thread alone
        if (OperatingSystem.IsLinux())
            _ = SetPriority(ProcessPriority, 0, Niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
