using System.Text.Json;
using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>How processes are written.</summary>
internal static class ProcessJson
{
    private const int MaxNames = 5, MaxNameLength = 256;

    /// <summary>The members of a process, into an object that is open.</summary>
    internal static void WriteMembers(Utf8JsonWriter writer, ProcessSnapshot process, int maxNames = MaxNames)
    {
        writer.WriteString("id", process.Id.ToString());
        writer.WriteStartArray("names");
        foreach (string name in process.Names.AsSpan()[..Math.Min(process.Names.Length, maxNames)])
            writer.WriteStringValue(Shorten(name));
        writer.WriteEndArray();
        writer.WriteNumber("nameCount", process.Names.Length);
        writer.WriteString("kind", NameOf(process.Kind));
        writer.WriteString("state", NameOf(process.State));
        writer.WriteString("environment", process.Environment);
        writer.WriteString("module", process.Module);
        writer.WriteString("function", process.Function);
        WriteId(writer, "parent", process.Parent);
        writer.WriteNumber("started", process.StartedAt.ToUnixTimeMilliseconds());
        writer.WriteNumber("queued", process.QueuedMessages);
        writer.WriteNumber("queuedBytes", process.QueuedBytes);
        writer.WriteNumber("delivered", process.DeliveredMessages);
        writer.WriteNumber("memory", process.MemoryBytes);
        WriteNumber(writer, "maxMemory", process.MaxMemoryBytes);
        writer.WriteNumber("fuel", process.FuelUsed);
        WriteNumber(writer, "maxFuel", process.MaxFuel);
        writer.WriteNumber("links", process.Links);
        writer.WriteNumber("watchers", process.Watchers);
    }

    /// <summary>A process that another one is related to, with its name if it has one.</summary>
    internal static void WriteReference(Utf8JsonWriter writer, LunaticRuntime runtime, ProcessId id)
    {
        ProcessSnapshot? process = runtime.FindProcess(id)?.GetSnapshot();
        writer.WriteStartObject();
        writer.WriteString("id", id.ToString());
        writer.WriteString("name", Shorten(process?.Names is [var name, ..] ? name : null));
        writer.WriteString("function", process?.Module ?? process?.Function);
        writer.WriteBoolean("alive", process is not null);
        writer.WriteEndObject();
    }

    internal static void WriteId(Utf8JsonWriter writer, string property, ProcessId? id)
    {
        if (id is { } value)
            writer.WriteString(property, value.ToString());
        else
            writer.WriteNull(property);
    }

    // guests choose their names, however long
    private static string? Shorten(string? name) => name is { Length: > MaxNameLength } ? $"{name.AsSpan(0, MaxNameLength)}…" : name;

    private static void WriteNumber(Utf8JsonWriter writer, string property, long? number)
    {
        if (number is { } value)
            writer.WriteNumber(property, value);
        else
            writer.WriteNull(property);
    }

    private static string NameOf(ProcessKind kind) => kind switch
    {
        ProcessKind.Guest => "guest",
        ProcessKind.Supervisor => "supervisor",
        _ => "native",
    };

    private static string NameOf(ProcessState state) => state switch
    {
        ProcessState.Running => "running",
        ProcessState.Ready => "ready",
        ProcessState.Receiving => "receiving",
        ProcessState.Sleeping => "sleeping",
        ProcessState.Ended => "ended",
        _ => "waiting",
    };
}
