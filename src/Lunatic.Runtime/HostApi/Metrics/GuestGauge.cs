using System.Diagnostics.Metrics;

namespace Lunatic.Runtime.HostApi.Metrics;

/// <summary>A gauge that can be set and moved; processes on several threads share it.</summary>
internal sealed class GuestGauge(Gauge<double> instrument)
{
    private readonly Lock _lock = new();
    private double _value;

    /// <summary>Sets the value.</summary>
    public void Set(double value)
    {
        lock (_lock)
            instrument.Record(_value = value);
    }

    /// <summary>Adds to the value; may be negative.</summary>
    public void Add(double value)
    {
        lock (_lock)
            instrument.Record(_value += value);
    }
}
