using System.Diagnostics.Metrics;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Metrics;

[TestFixture]
public sealed class MetricsApiTests
{
    [Test]
    public async Task Guests_feed_instruments_by_name()
    {
        await using var host = new GuestHost();
        var measured = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, host.Runtime.HostServices.Metrics.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.Add($"{instrument.GetType().Name} {instrument.Name} {value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Add($"{instrument.GetType().Name} {instrument.Name} {value}"));
        listener.Start();
        ExitReason exit = await host.RunMainAsync("""
            (data (i32.const 100) "abc")
            (func (export "main")
              (call $metrics.counter (i32.const 100) (i32.const 1) (i64.const 5))
              (call $metrics.increment_counter (i32.const 100) (i32.const 1))
              (call $metrics.gauge (i32.const 101) (i32.const 1) (f64.const 2))
              (call $metrics.increment_gauge (i32.const 101) (i32.const 1) (f64.const 1.5))
              (call $metrics.decrement_gauge (i32.const 101) (i32.const 1) (f64.const 1))
              (call $metrics.histogram (i32.const 102) (i32.const 1) (f64.const 0.25)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(measured, Is.EqualTo(new[] { "Counter`1 a 5", "Counter`1 a 1", "Gauge`1 b 2", "Gauge`1 b 3.5", "Gauge`1 b 2.5", "Histogram`1 c 0.25" }));
    }

    [TestCase("(call $metrics.histogram (i32.const 65536) (i32.const 1) (f64.const 0))", "lies outside")]
    [TestCase("(call $metrics.gauge (i32.const 100) (i32.const 2) (f64.const 0))", "not valid UTF-8")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""
            (data (i32.const 100) "\c3\28")
            (func (export "main") {mistake})
            """);
        Assert.That(exit.Message, Does.Contain(message));
    }
}
