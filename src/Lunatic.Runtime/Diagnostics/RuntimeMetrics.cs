using System.Diagnostics.Metrics;

namespace Lunatic.Runtime.Diagnostics;

/// <summary>
/// What a runtime tells of itself, on the meter <see cref="MeterName"/>, under the names of the reference (host-abi 13 g); the figures are right where the reference's are not. Costs a
/// look at a flag where nobody listens.
/// </summary>
internal sealed class RuntimeMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Lunatic.Runtime";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _messages;
    private readonly Counter<long> _dataMessages;
    private readonly Counter<long> _linkDeaths;
    private readonly Histogram<long> _dataSize;
    private readonly Histogram<long> _dataResources;

    public RuntimeMetrics(LunaticRuntime runtime)
    {
        Processes = new ProcessMetrics(runtime, _meter);
        _messages = _meter.CreateCounter<long>("lunatic.process.messages.send", "{message}", "Messages that reached a mailbox");
        _dataMessages = _meter.CreateCounter<long>("lunatic.process.messages.data.count", "{message}", "Data messages among them");
        _linkDeaths = _meter.CreateCounter<long>("lunatic.process.messages.link_died.count", "{message}", "News of links' deaths among them");
        _dataSize = _meter.CreateHistogram<long>("lunatic.process.messages.data.size", "By", "Size of data messages");
        _dataResources = _meter.CreateHistogram<long>("lunatic.process.messages.data.resources.count", "{resource}", "Resources in data messages");
        ModulesCompiled = _meter.CreateCounter<long>("lunatic.process.modules.compiled", "{module}", "Modules compiled, failures included");
        CompilationTime = _meter.CreateHistogram<double>("lunatic.process.modules.compiled.duration", "s", "Time that a compilation took");
        ConfigurationsCreated = _meter.CreateCounter<long>("lunatic.process.configs.created", "{config}", "Configurations made by guests");
        ConfigurationsDropped = _meter.CreateCounter<long>("lunatic.process.configs.dropped", "{config}", "Configurations dropped by guests");
        TimersStarted = _meter.CreateCounter<long>("lunatic.timers.started", "{timer}", "Timers set");
        TimersCompleted = _meter.CreateCounter<long>("lunatic.timers.completed", "{timer}", "Timers that sent their message");
        TimersCanceled = _meter.CreateCounter<long>("lunatic.timers.canceled", "{timer}", "Timers given up");
        RegistryWrites = _meter.CreateCounter<long>("lunatic.registry.write", "{call}", "Names given by guests");
        RegistryReads = _meter.CreateCounter<long>("lunatic.registry.read", "{call}", "Names looked up by guests");
        RegistryDeletions = _meter.CreateCounter<long>("lunatic.registry.deletion", "{call}", "Names removed by guests");
        _meter.CreateObservableGauge("lunatic.process.environment.count", () => runtime.Environments.Count, "{environment}", "Environments");
        _meter.CreateObservableGauge("lunatic.process.environment.process.count", () => Each(runtime, static environment => environment.ProcessCount), "{process}", "Processes of each environment");
        _meter.CreateObservableGauge("lunatic.registry.registered", () => Each(runtime, static environment => environment.Registry.Count), "{name}", "Names of each environment");
        _meter.CreateObservableGauge("lunatic.timers.active", () => runtime.Timers.Count, "{timer}", "Timers that are set");
    }

    /// <summary>Processes and threads.</summary>
    public ProcessMetrics Processes { get; }

    public Counter<long> ModulesCompiled { get; }

    public Histogram<double> CompilationTime { get; }

    public Counter<long> ConfigurationsCreated { get; }

    public Counter<long> ConfigurationsDropped { get; }

    public Counter<long> TimersStarted { get; }

    public Counter<long> TimersCompleted { get; }

    public Counter<long> TimersCanceled { get; }

    public Counter<long> RegistryWrites { get; }

    public Counter<long> RegistryReads { get; }

    public Counter<long> RegistryDeletions { get; }

    /// <summary>The meter, for tests that listen to one runtime only.</summary>
    internal Meter Meter => _meter;

    /// <summary>A message has reached a mailbox.</summary>
    public void Delivered(Message message)
    {
        // one look where nobody listens; a listener of one listens to all as a rule
        if (_messages.Enabled)
            Tell(message);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Tell(Message message)
    {
        _messages.Add(1);
        if (message.Kind is MessageKind.LinkDied)
            _linkDeaths.Add(1);
        if (message.Kind is not MessageKind.Data)
            return;
        _dataMessages.Add(1);
        _dataSize.Record(message.Length);
        _dataResources.Record(message.Resources?.Count ?? 0);
    }

    /// <summary>A figure of each environment.</summary>
    internal static IEnumerable<Measurement<T>> Each<T>(LunaticRuntime runtime, Func<LunaticEnvironment, T> figure)
        where T : struct =>
        runtime.Environments.Select(environment => new Measurement<T>(figure(environment), new KeyValuePair<string, object?>("environment", environment.Name)));
}
