using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Lunatic.Runtime.Memory;

/// <summary>
/// Compares what the whole host process really uses with a limit, as the charges of <see cref="MemoryCharge"/> are only estimates. It measures after every
/// 64 MiB of memory handed out, and on every request while the last measure was over the limit: without a clock, and for less than 0.1 us a spawn.
/// </summary>
internal sealed class ResidentMemoryGuard : IDisposable
{
    private const long MeasureEvery = 64 << 20;

    private readonly SafeFileHandle? _statistics;
    private readonly Func<long> _measure;
    private readonly Action _relieve;
    private long _sinceMeasured;
    private volatile bool _over;

    /// <param name="limit">Resident bytes of the process above which nothing more is handed out.</param>
    /// <param name="measure">Says how many bytes are resident; null asks the system.</param>
    /// <param name="relieve">Gives back memory that is only kept for speed; called before anything is refused.</param>
    public ResidentMemoryGuard(long limit, Func<long>? measure = null, Action? relieve = null)
    {
        Limit = limit;
        _relieve = relieve ?? (static () => { });
        if (measure is null && OperatingSystem.IsLinux())
            _statistics = TryOpenStatistics();
        _measure = measure ?? (_statistics is null ? () => Environment.WorkingSet : ReadResidentBytes);
    }

    public long Limit { get; }

    /// <summary>Whether guests may get so many bytes more.</summary>
    public bool Allows(long bytes)
    {
        if (Interlocked.Add(ref _sinceMeasured, Math.Min(bytes, MeasureEvery)) < MeasureEvery && !_over)
            return true;
        Volatile.Write(ref _sinceMeasured, 0);
        bool over = _measure() > Limit;
        if (over)
        {
            _relieve();
            over = _measure() > Limit;
        }
        _over = over;
        return !over;
    }

    public void Dispose() => _statistics?.Dispose();

    // Null where the system hides it; then the slower way has to do.
    private static SafeFileHandle? TryOpenStatistics()
    {
        try
        {
            return File.OpenHandle("/proc/self/statm", share: FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "SIZE RESIDENT SHARED …", in pages.
    private long ReadResidentBytes()
    {
        Span<byte> text = stackalloc byte[128];
        text = text[..RandomAccess.Read(_statistics!, text, 0)];
        text = text[(text.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(text, out long pages, out _) ? pages * Environment.SystemPageSize : 0;
    }
}
