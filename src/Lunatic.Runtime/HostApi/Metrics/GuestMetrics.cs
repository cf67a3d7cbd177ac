using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Lunatic.Runtime.HostApi.Metrics;

/// <summary>
/// The instruments that guests feed by name, on the meter <see cref="MeterName"/>; names are used verbatim, without labels. The same name may be used by
/// each kind of instrument once.
/// </summary>
internal sealed class GuestMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Lunatic.Guest";

    /// <summary>Most instruments: names come from guests, and an instrument is never freed before the runtime ends.</summary>
    public const int MaxInstruments = 10_000;

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<string, Counter<long>> _counters = new();
    private readonly ConcurrentDictionary<string, GuestGauge> _gauges = new();
    private readonly ConcurrentDictionary<string, Histogram<double>> _histograms = new();
    private int _instruments;

    /// <summary>The counter of this name, or null when there are too many instruments.</summary>
    public Counter<long>? Counter(string name) => Get(_counters, name, static (meter, key) => meter.CreateCounter<long>(key));

    /// <summary>The gauge of this name, or null when there are too many instruments.</summary>
    public GuestGauge? Gauge(string name) => Get(_gauges, name, static (meter, key) => new GuestGauge(meter.CreateGauge<double>(key)));

    /// <summary>The histogram of this name, or null when there are too many instruments.</summary>
    public Histogram<double>? Histogram(string name) => Get(_histograms, name, static (meter, key) => meter.CreateHistogram<double>(key));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private T? Get<T>(ConcurrentDictionary<string, T> instruments, string name, Func<Meter, string, T> create) where T : class
    {
        if (instruments.TryGetValue(name, out T? known))
            return known;
        lock (_meter)
        {
            if (instruments.TryGetValue(name, out known))
                return known;
            if (_instruments == MaxInstruments)
                return null;
            _instruments++;
            return instruments[name] = create(_meter, name);
        }
    }
}
