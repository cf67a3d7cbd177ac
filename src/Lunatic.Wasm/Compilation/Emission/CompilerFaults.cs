namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// Counts functions that the compiler or the JIT failed at: a fault of ours, never of a module. The function stays interpreted, so that no guest and no
/// host suffers; the tests demand that there are none.
/// </summary>
internal static class CompilerFaults
{
    private static int _count;
    private static Exception? _first;

    /// <summary>Number of faults in this process.</summary>
    public static int Count => Volatile.Read(ref _count);

    /// <summary>What the first fault was; null: there is none.</summary>
    public static Exception? First => Volatile.Read(ref _first);

    public static void Report(string function, Exception exception)
    {
        Interlocked.CompareExchange(ref _first, new InvalidOperationException($"the compiler failed at {function}", exception), null);
        Interlocked.Increment(ref _count);
    }
}
