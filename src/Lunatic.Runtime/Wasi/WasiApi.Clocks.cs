using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// clock_*, random_get
internal static partial class WasiApi
{
    // bounds the time that one call takes; more is asked for in pieces
    private const uint MaxRandomBytes = 16 << 20;

    /// <summary>Writes the smallest step of a clock in nanoseconds (64 bits); the clocks of CPU time do not exist here.</summary>
    [HostFunction("clock_res_get")]
    public static int ClockResGet(ProcessContext context, int clock, int resolution)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = WasiClocks.GetResolution(context.Services.Time, clock, out ulong nanoseconds);
        return (int)(error == Errno.Success ? WriteTime(memory, resolution, nanoseconds) : error);
    }

    /// <summary>Writes the time of a clock in nanoseconds (64 bits); the wished <paramref name="precision"/> makes no difference.</summary>
    [HostFunction("clock_time_get")]
    public static int ClockTimeGet(ProcessContext context, int clock, long precision, int time)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = WasiClocks.GetTime(context.Services.Time, clock, out ulong nanoseconds);
        return (int)(error == Errno.Success ? WriteTime(memory, time, nanoseconds) : error);
    }

    /// <summary>Fills a buffer, of 16 MiB at most, with random bytes.</summary>
    [HostFunction("random_get")]
    public static int RandomGet(ProcessContext context, int buffer, int length)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = memory.Range(buffer, (uint)length, out Span<byte> bytes);
        if (error != Errno.Success)
            return (int)error;
        if ((uint)length > MaxRandomBytes)
            return (int)Errno.Inval;
        context.Services.Random.GetBytes(bytes);
        return 0;
    }

    private static Errno WriteTime(WasiMemory memory, int pointer, ulong nanoseconds)
    {
        Errno error = memory.Result64(pointer, out Span<byte> place);
        if (error == Errno.Success)
            WasiMemory.Write(place, (long)nanoseconds);
        return error;
    }
}
