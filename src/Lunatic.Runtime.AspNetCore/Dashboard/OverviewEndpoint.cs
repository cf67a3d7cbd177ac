using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Lunatic.Runtime.Inspection;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>Figures of the whole runtime: those of the last minutes that the page does not have yet, and what is at the moment.</summary>
internal sealed class OverviewEndpoint(LunaticRuntime runtime, DashboardHistory history, CensusCache census)
{
    internal Task ServeAsync(HttpContext context)
    {
        _ = long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out long after);
        // of another run of the application: all samples are new
        if (context.Request.Query["run"] != history.StartedAt.ToString(CultureInfo.InvariantCulture))
            after = 0;
        return JsonResponse.WriteAsync(context, history.After(after), Write);
    }

    private void Write(Utf8JsonWriter writer, ImmutableArray<DashboardSample> samples)
    {
        RuntimeStatistics now = runtime.GetStatistics();
        writer.WriteStartObject();
        writer.WriteNumber("run", history.StartedAt);
        writer.WriteNumber("workers", now.Workers);
        writer.WriteNumber("stuckWorkers", now.StuckWorkers);
        writer.WriteNumber("maxCommitted", now.MaxCommittedBytes);
        writer.WriteStartArray("samples");
        foreach (DashboardSample sample in samples)
            Write(writer, sample);
        writer.WriteEndArray();
        Write(writer, census.Get());
        WriteEnvironments(writer);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DashboardSample sample)
    {
        RuntimeStatistics statistics = sample.Statistics;
        writer.WriteStartObject();
        writer.WriteNumber("number", sample.Number);
        writer.WriteNumber("time", sample.Time);
        writer.WriteNumber("processes", statistics.Processes);
        writer.WriteNumber("spawned", statistics.SpawnedProcesses);
        writer.WriteNumber("ended", statistics.EndedProcesses);
        writer.WriteNumber("failed", statistics.FailedProcesses);
        writer.WriteNumber("delivered", statistics.DeliveredMessages);
        writer.WriteNumber("undeliverable", statistics.UndeliverableMessages);
        writer.WriteNumber("queue", statistics.RunQueueLength);
        writer.WriteNumber("committed", statistics.CommittedBytes);
        writer.WriteNumber("managed", sample.ManagedBytes);
        writer.WriteStartArray("threads");
        foreach (WorkerStatistics worker in statistics.WorkerThreads)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(worker.QueueLength);
            writer.WriteNumberValue(worker.Slices);
            writer.WriteStringValue(worker.IsStuck ? "stuck" : worker.IsRunning ? "running" : "idle");
            writer.WriteBooleanValue(worker.IsSpare);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ProcessCensus census)
    {
        writer.WriteStartObject("census");
        writer.WriteNumber("running", census.Running);
        writer.WriteNumber("ready", census.Ready);
        writer.WriteNumber("receiving", census.Receiving);
        writer.WriteNumber("sleeping", census.Sleeping);
        writer.WriteNumber("waiting", census.Waiting);
        writer.WriteNumber("guests", census.Guests);
        writer.WriteNumber("natives", census.Natives);
        writer.WriteNumber("supervisors", census.Supervisors);
        writer.WriteNumber("queuedMessages", census.QueuedMessages);
        writer.WriteEndObject();
    }

    private void WriteEnvironments(Utf8JsonWriter writer)
    {
        IReadOnlyCollection<LunaticEnvironment> environments = runtime.Environments;
        writer.WriteNumber("environmentCount", environments.Count);
        writer.WriteStartArray("environments");
        foreach (LunaticEnvironment environment in environments.OrderByDescending(static environment => environment.ProcessCount).ThenBy(static environment => environment.Id).Take(MaxEnvironments))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", environment.Id);
            writer.WriteString("name", environment.Name);
            writer.WriteNumber("processes", environment.ProcessCount);
            writer.WriteNumber("undeliverable", environment.UndeliverableMessages);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    // an application may have one per tenant
    private const int MaxEnvironments = 50;
}
