using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Execution;

/// <summary>How much of the thread's native stack compiled code may use. When that is used up it saves its frames and goes on with an empty stack.</summary>
internal static unsafe partial class NativeStack
{
    // what compiled code may use at most, and what it leaves to host functions, the runtime and the JIT
    private const nint Segment = 512 << 10;
    private const nint Reserve = 256 << 10;

    // with less compiled code is not run at all: it could save its frames without having come further
    private const nint Least = 32 << 10;

    // what the runtime says is there, where the system is not asked
    private const nint Unknown = 64 << 10;

    [ThreadStatic]
    private static nint _lowestOnThread;

    /// <summary>The address that compiled code called from here must not go below.</summary>
    /// <returns>False if there is too little stack left to run compiled code at all.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryGetLimit(out nint limit)
    {
        int local;
        nint here = (nint)(&local);
        if (_lowestOnThread == 0)
            _lowestOnThread = FindLowest();
        limit = _lowestOnThread > 0 ? Math.Max(here - Segment, _lowestOnThread + Reserve) : here - Unknown;
        return here - limit >= Least && RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    // the lowest address of the thread's stack, or -1 if the system does not say
    private static nint FindLowest()
    {
        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out nint low, out _);
            return low;
        }
        if (!OperatingSystem.IsLinux())
            return -1;
        // pthread_attr_t has 56 bytes with glibc and musl
        ulong* attributes = stackalloc ulong[32];
        if (GetAttributes(Self(), attributes) != 0)
            return -1;
        nint lowest = GetStack(attributes, out nint start, out _) == 0 ? start : -1;
        _ = DestroyAttributes(attributes);
        return lowest;
    }

    [LibraryImport("kernel32")]
    private static partial void GetCurrentThreadStackLimits(out nint low, out nint high);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint Self();

    [LibraryImport("libc", EntryPoint = "pthread_getattr_np")]
    private static partial int GetAttributes(nint thread, ulong* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_attr_getstack")]
    private static partial int GetStack(ulong* attributes, out nint start, out nint size);

    [LibraryImport("libc", EntryPoint = "pthread_attr_destroy")]
    private static partial int DestroyAttributes(ulong* attributes);
}
