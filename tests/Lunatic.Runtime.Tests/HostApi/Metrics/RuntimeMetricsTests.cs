using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Metrics;

/// <summary>What a runtime tells of itself.</summary>
[TestFixture]
public sealed class RuntimeMetricsTests
{
    [Test]
    public async Task Each_figure_counts_what_its_name_says()
    {
        await using var host = new GuestHost();
        var sums = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, host.Runtime.Metrics.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => sums[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => sums.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();
        LunaticProcess process = await host.SpawnAsync("""
            (func $message (call $message.create_data (i64.const 0) (i64.const 0)) (drop (call $message.write_data (i32.const 0) (i32.const 10))))
            (func (export "main")
              (call $process.drop_config (call $process.create_config))
              (call $message) (drop (call $message.send (call $process.process_id)))
              (call $message) (drop (call $timer.cancel_timer (call $timer.send_after (call $process.process_id) (i64.const 100000))))
              (call $message) (drop (call $timer.send_after (call $process.process_id) (i64.const 1)))
              (call $registry.put (i32.const 0) (i32.const 1) (i64.const 0) (call $process.process_id))
              (drop (call $registry.get (i32.const 0) (i32.const 1) (i32.const 8) (i32.const 16)))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report (i64.const 1))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1))))
            """);
        await host.WaitForReportsAsync(1);
        listener.RecordObservableInstruments();
        process.Send(new Message(0, new byte[5]));
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Returned));
        var expected = new Dictionary<string, double>
        {
            ["lunatic.process.messages.send"] = 3,
            ["lunatic.process.messages.data.count"] = 3,
            ["lunatic.process.messages.data.size"] = 25,
            ["lunatic.process.messages.data.resources.count"] = 0,
            ["lunatic.process.modules.compiled"] = 1,
            ["lunatic.process.modules.compiled.duration"] = 1,
            ["lunatic.process.configs.created"] = 1,
            ["lunatic.process.configs.dropped"] = 1,
            ["lunatic.timers.started"] = 2,
            ["lunatic.timers.completed"] = 1,
            ["lunatic.timers.canceled"] = 1,
            ["lunatic.timers.active"] = 0,
            ["lunatic.registry.write"] = 1,
            ["lunatic.registry.read"] = 1,
            ["lunatic.registry.registered"] = 1,
            ["lunatic.process.environment.count"] = 1,
            ["lunatic.process.environment.process.count"] = 1,
        };
        // the figures of hosts are ProcessMetricsTests' matter
        Assert.That(sums.Where(figure => expected.ContainsKey(figure.Key)), Is.EquivalentTo(expected));
        Assert.That(RuntimeMetrics.MeterName, Is.EqualTo("Lunatic.Runtime"));
    }
}
