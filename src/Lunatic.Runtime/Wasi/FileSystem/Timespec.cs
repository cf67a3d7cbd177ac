using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>A time of a 64-bit Linux (<c>struct timespec</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Timespec
{
    private const long Second = 1_000_000_000;
    private const long OmitNanoseconds = (1L << 30) - 2;
    private readonly long _seconds;
    private readonly long _nanoseconds;

    private Timespec(long seconds, long nanoseconds)
    {
        _seconds = seconds;
        _nanoseconds = nanoseconds;
    }

    /// <summary>Leaves a file's time as it is.</summary>
    public static Timespec Omit { get; } = new(0, OmitNanoseconds);

    /// <summary>Nanoseconds since 1970 as a time.</summary>
    public static Timespec FromNanoseconds(ulong nanoseconds) => new((long)(nanoseconds / Second), (long)(nanoseconds % Second));
}
