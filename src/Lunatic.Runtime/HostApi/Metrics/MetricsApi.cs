using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Metrics;

/// <summary>
/// <c>lunatic::metrics</c>: counters, gauges and histograms of guests, on the meter <see cref="GuestMetrics.MeterName"/>. All trap on a bad pointer, on a
/// name that is not UTF-8, and when there are too many names.
/// </summary>
[HostNamespace("lunatic::metrics")]
internal static partial class MetricsApi
{
    /// <summary>Adds <paramref name="value"/> (unsigned) to a counter.</summary>
    [HostFunction("counter")]
    public static void Counter(ProcessContext context, int namePointer, int nameLength, long value)
    {
        // instruments count in signed 64 bits
        if (TryFind(context, namePointer, nameLength, context.Services.Metrics.Counter, out var counter))
            counter.Add((long)Math.Min((ulong)value, long.MaxValue));
    }

    /// <summary>Adds 1 to a counter.</summary>
    [HostFunction("increment_counter")]
    public static void IncrementCounter(ProcessContext context, int namePointer, int nameLength) => Counter(context, namePointer, nameLength, 1);

    /// <summary>Sets a gauge.</summary>
    [HostFunction("gauge")]
    public static void Gauge(ProcessContext context, int namePointer, int nameLength, double value)
    {
        if (TryFind(context, namePointer, nameLength, context.Services.Metrics.Gauge, out var gauge))
            gauge.Set(value);
    }

    /// <summary>Adds to a gauge.</summary>
    [HostFunction("increment_gauge")]
    public static void IncrementGauge(ProcessContext context, int namePointer, int nameLength, double value)
    {
        if (TryFind(context, namePointer, nameLength, context.Services.Metrics.Gauge, out var gauge))
            gauge.Add(value);
    }

    /// <summary>Subtracts from a gauge.</summary>
    [HostFunction("decrement_gauge")]
    public static void DecrementGauge(ProcessContext context, int namePointer, int nameLength, double value) =>
        IncrementGauge(context, namePointer, nameLength, -value);

    /// <summary>Records one sample in a histogram.</summary>
    [HostFunction("histogram")]
    public static void Histogram(ProcessContext context, int namePointer, int nameLength, double value)
    {
        if (TryFind(context, namePointer, nameLength, context.Services.Metrics.Histogram, out var histogram))
            histogram.Record(value);
    }

    private static bool TryFind<T>(ProcessContext context, int namePointer, int nameLength, Func<string, T?> find, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? instrument)
        where T : class
    {
        instrument = null;
        if (!context.TryReadString(namePointer, nameLength, "metric's name", out string name))
            return false;
        instrument = find(name);
        if (instrument is null)
            context.Trap($"guests may use at most {GuestMetrics.MaxInstruments} metrics; \"{name}\" would be one more");
        return instrument is not null;
    }
}
