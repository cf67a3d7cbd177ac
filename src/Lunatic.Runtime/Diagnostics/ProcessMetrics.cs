using System.Diagnostics.Metrics;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Diagnostics;

/// <summary>What a runtime tells of its processes and threads, on the meter of <see cref="RuntimeMetrics"/>. Costs a look at a flag where nobody listens; gauges cost nothing until they are read.</summary>
internal sealed class ProcessMetrics
{
    private readonly Counter<long> _spawned;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _restarted;
    private readonly Counter<long> _fuel;
    private readonly Histogram<double> _slices;

    public ProcessMetrics(LunaticRuntime runtime, Meter meter)
    {
        _spawned = meter.CreateCounter<long>("lunatic.process.spawned", "{process}", "Processes started");
        _ended = meter.CreateCounter<long>("lunatic.process.ended", "{process}", "Processes ended, by reason; traps are those with the reason Trapped");
        _restarted = meter.CreateCounter<long>("lunatic.supervisor.restarts", "{restart}", "Restarts of children");
        _fuel = meter.CreateCounter<long>("lunatic.process.fuel.used", "{operation}", "Operations that guests executed, as fuel counts them");
        _slices = meter.CreateHistogram<double>("lunatic.scheduler.slice.duration", "s", "Time that a process ran until others got their turn");
        meter.CreateObservableGauge("lunatic.scheduler.queue.length", () => runtime.Scheduler.QueueLength, "{process}", "Processes that are ready and wait for a worker");
        meter.CreateObservableGauge("lunatic.scheduler.workers.stuck", () => runtime.Scheduler.StuckWorkers, "{worker}", "Workers that a spare thread stands in for");
        meter.CreateObservableGauge("lunatic.memory.committed", () => runtime.CommittedBytes, "By", "Memory of all guests, as the limit counts it");
        meter.CreateObservableGauge("lunatic.memory.limit", () => runtime.Options.MaxCommittedBytes, "By", "Limit on the memory of all guests");
        meter.CreateObservableGauge(
            "lunatic.process.mailbox.depth", () => RuntimeMetrics.Each(runtime, static environment => environment.QueuedMessages), "{message}", "Messages that wait in the mailboxes of each environment");
        meter.CreateObservableCounter(
            "lunatic.process.messages.undeliverable", () => RuntimeMetrics.Each(runtime, static environment => environment.UndeliverableMessages), "{message}", "Messages that reached nobody");
    }

    /// <summary>Whether somebody wants to know how much fuel guests use.</summary>
    public bool CountsFuel => _fuel.Enabled;

    /// <summary>Whether somebody wants to know how long slices take.</summary>
    public bool MeasuresSlices => _slices.Enabled;

    public void Spawned(ProcessBase process)
    {
        if (_spawned.Enabled)
            _spawned.Add(1, EnvironmentOf(process));
    }

    public void Ended(ProcessBase process, ExitReason reason)
    {
        if (_ended.Enabled)
            _ended.Add(1, EnvironmentOf(process), new KeyValuePair<string, object?>("reason", reason.Kind.ToString()));
    }

    public void Restarted(ProcessBase supervisor, string name)
    {
        if (_restarted.Enabled)
            _restarted.Add(1, EnvironmentOf(supervisor), new KeyValuePair<string, object?>("supervisor", name));
    }

    public void FuelUsed(ProcessBase process, long operations) => _fuel.Add(operations, EnvironmentOf(process));

    public void SliceTook(ProcessBase process, TimeSpan time) => _slices.Record(time.TotalSeconds, EnvironmentOf(process));

    private static KeyValuePair<string, object?> EnvironmentOf(ProcessBase process) => new("environment", process.Environment.Name);
}
