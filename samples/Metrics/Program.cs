using System.Diagnostics;
using Lunatic.Runtime;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// exported to memory here; AddOtlpExporter (package OpenTelemetry.Exporter.OpenTelemetryProtocol) sends the same to a collector
List<Metric> metrics = [];
List<Activity> traces = [];
using MeterProvider meters = Sdk.CreateMeterProviderBuilder().AddMeter("Lunatic.Runtime").AddInMemoryExporter(metrics).Build();
using TracerProvider tracers = Sdk.CreateTracerProviderBuilder().AddSource("Lunatic.Runtime").AddInMemoryExporter(traces).Build();

await using var runtime = new LunaticRuntime();
LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions { Name = "shop" });
for (int i = 0; i < 3; i++)
    await environment.Spawn(static _ => Task.CompletedTask).Completion;
await environment.Spawn(static _ => throw new InvalidOperationException("as asked")).Completion;

meters.ForceFlush();
tracers.ForceFlush();
Metric ended = metrics.Single(metric => metric.Name == "lunatic.process.ended");
foreach (ref readonly MetricPoint point in ended.GetMetricPoints())
{
    Console.Write($"{ended.Name}:");
    foreach (KeyValuePair<string, object?> tag in point.Tags)
        Console.Write($" {tag.Key}={tag.Value}");
    Console.WriteLine($" {point.GetSumLong()}");
}
foreach (IGrouping<ActivityStatusCode, Activity> group in traces.GroupBy(trace => trace.Status))
    Console.WriteLine($"{group.First().OperationName}: {group.Count()} with status {group.Key}");
