using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>The clocks of WASI over the runtime's <see cref="TimeProvider"/>, in nanoseconds.</summary>
internal static class WasiClocks
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const ulong NanosecondsPerTick = 100;

    /// <summary>The time of a clock; <see cref="Errno.Inval"/> for one that does not exist here.</summary>
    public static Errno GetTime(TimeProvider time, int clock, out ulong nanoseconds)
    {
        nanoseconds = (ClockId)(uint)clock switch
        {
            ClockId.Realtime => Now(time),
            ClockId.Monotonic => FromTimestamp(time.GetTimestamp(), time.TimestampFrequency),
            _ => 0,
        };
        return Check(clock);
    }

    /// <summary>The smallest step of a clock.</summary>
    public static Errno GetResolution(TimeProvider time, int clock, out ulong nanoseconds)
    {
        nanoseconds = (ClockId)(uint)clock switch
        {
            ClockId.Realtime => NanosecondsPerTick,
            ClockId.Monotonic => Math.Max(1, NanosecondsPerSecond / (ulong)time.TimestampFrequency),
            _ => 0,
        };
        return Check(clock);
    }

    /// <summary>Nanoseconds since 1970.</summary>
    public static ulong Now(TimeProvider time) => (ulong)Math.Max(0, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks) * NanosecondsPerTick;

    private static ulong FromTimestamp(long timestamp, long frequency) => (ulong)((UInt128)(ulong)timestamp * NanosecondsPerSecond / (ulong)frequency);

    private static Errno Check(int clock) => (ClockId)(uint)clock is ClockId.Realtime or ClockId.Monotonic ? Errno.Success : Errno.Inval;
}
