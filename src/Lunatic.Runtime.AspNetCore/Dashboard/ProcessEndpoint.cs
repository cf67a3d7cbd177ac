using System.Collections.Immutable;
using System.Text.Json;
using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Supervision;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>One process, with its calls, relations and place in the supervision tree.</summary>
internal sealed class ProcessEndpoint(LunaticRuntime runtime, TimeProvider time, DashboardActions actions)
{
    private const int MaxRelated = 100, MaxNames = 100;

    // a process that does not come back from a call cannot answer
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    internal async Task ServeAsync(HttpContext context)
    {
        if (RequestedProcess.Find(runtime, context) is not { } process)
        {
            await JsonResponse.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such process, or it has ended.");
            return;
        }
        ProcessInspection? inspection = await InspectAsync(process, context.RequestAborted);
        ProcessSnapshot snapshot = process.GetSnapshot();
        var details = new ProcessDetails(
            snapshot,
            inspection,
            runtime.GetProcesses(new ProcessQuery { Parent = process.Id, Take = MaxRelated }),
            SupervisedChild.Find(runtime, snapshot),
            await actions.AreAllowedAsync(context));
        await JsonResponse.WriteAsync(context, details, Write);
    }

    private async Task<ProcessInspection?> InspectAsync(LunaticProcess process, CancellationToken aborted)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            return await process.InspectAsync(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Write(Utf8JsonWriter writer, ProcessDetails details)
    {
        writer.WriteStartObject();
        ProcessJson.WriteMembers(writer, details.Snapshot, MaxNames);
        if (details.Snapshot.Parent is { } parent)
        {
            writer.WritePropertyName("parentProcess");
            ProcessJson.WriteReference(writer, runtime, parent);
        }
        writer.WriteBoolean("answered", details.Inspection is not null);
        if (details.Inspection is { } inspection)
            Write(writer, inspection);
        writer.WriteNumber("childCount", details.Children.Matching);
        WriteRelated(writer, "children", [.. details.Children.Processes.Select(static child => child.Id)]);
        WriteSupervision(writer, details.Supervision);
        writer.WriteBoolean("canKill", details.MayAct);
        writer.WriteBoolean("canStop", details.MayAct && DashboardActions.CanStop(details.Snapshot, details.Supervision));
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, ProcessInspection inspection)
    {
        writer.WriteStartArray("stack");
        foreach (string line in inspection.Stack)
            writer.WriteStringValue(line);
        writer.WriteEndArray();
        WriteRelated(writer, "linked", inspection.Links);
        WriteRelated(writer, "watchedBy", inspection.Watchers);
        WriteRelated(writer, "watches", inspection.Watched);
        writer.WriteNumber("watchCount", inspection.Watched.Length);
    }

    private void WriteRelated(Utf8JsonWriter writer, string property, ImmutableArray<ProcessId> processes)
    {
        writer.WriteStartArray(property);
        foreach (ProcessId id in processes.AsSpan()[..Math.Min(processes.Length, MaxRelated)])
            ProcessJson.WriteReference(writer, runtime, id);
        writer.WriteEndArray();
    }

    private static void WriteSupervision(Utf8JsonWriter writer, SupervisedChild? place)
    {
        if (place is null)
            return;
        writer.WriteStartObject("supervision");
        writer.WriteStartArray("path");
        foreach (Supervisor supervisor in place.Supervisors)
        {
            writer.WriteStartObject();
            writer.WriteString("name", supervisor.Name);
            writer.WriteString("id", supervisor.Process.Id.ToString());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (place.Child is { } child)
        {
            writer.WriteStartObject("child");
            SupervisionJson.WriteMembers(writer, child);
            writer.WriteEndObject();
        }
        int budget = MaxRelated;
        writer.WritePropertyName("tree");
        SupervisionJson.WriteSupervisor(writer, place.Above ?? place.Supervisors[^1], ref budget, depth: 2);
        writer.WriteEndObject();
    }

    private sealed record ProcessDetails(ProcessSnapshot Snapshot, ProcessInspection? Inspection, ProcessPage Children, SupervisedChild? Supervision, bool MayAct);
}
