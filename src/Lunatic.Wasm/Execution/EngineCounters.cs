namespace Lunatic.Wasm.Execution;

/// <summary>What the engine has lowered and compiled in this process: for benchmarks and tests.</summary>
internal static class EngineCounters
{
    private static long _lowered;
    private static long _entries;
    private static long _resumes;
    private static long _ilBytes;
    private static long _ticks;

    /// <summary>Functions that were lowered, so that the interpreter can run them.</summary>
    public static long Lowered => Volatile.Read(ref _lowered);

    /// <summary>Functions whose code that calls enter was compiled.</summary>
    public static long Entries => Volatile.Read(ref _entries);

    /// <summary>Functions whose code that goes on in frames was compiled.</summary>
    public static long Resumes => Volatile.Read(ref _resumes);

    /// <summary>Bytes of IL that the JIT got.</summary>
    public static long ILBytes => Volatile.Read(ref _ilBytes);

    /// <summary>Time that emitting and the JIT took on all threads together, also for what could not be compiled.</summary>
    public static TimeSpan CompileTime => TimeProvider.System.GetElapsedTime(0, Volatile.Read(ref _ticks));

    public static void CountLowered() => Interlocked.Increment(ref _lowered);

    /// <summary>Takes the time of a compilation that begins.</summary>
    public static long Begin() => TimeProvider.System.GetTimestamp();

    /// <summary>Counts a compilation that has ended.</summary>
    /// <param name="start">What <see cref="Begin"/> gave.</param>
    /// <param name="ilBytes">Bytes of IL; 0 if there is no code.</param>
    /// <param name="resumes">Whether it is the code that goes on in frames.</param>
    public static void End(long start, int ilBytes, bool resumes)
    {
        Interlocked.Add(ref _ticks, TimeProvider.System.GetTimestamp() - start);
        if (ilBytes == 0)
            return;
        Interlocked.Add(ref _ilBytes, ilBytes);
        Interlocked.Increment(ref resumes ? ref _resumes : ref _entries);
    }
}
