using System.Text.Json;
using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>How supervision trees are written. Of large ones a part: what is left out is counted.</summary>
internal static class SupervisionJson
{
    /// <summary>A supervisor and what is below it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="supervisor">The supervisor.</param>
    /// <param name="budget">Children that may still be written.</param>
    /// <param name="depth">Levels below it that are written.</param>
    internal static void WriteSupervisor(Utf8JsonWriter writer, Supervisor supervisor, ref int budget, int depth)
    {
        IReadOnlyList<ChildHandle> children = supervisor.Children;
        writer.WriteStartObject();
        writer.WriteString("name", supervisor.Name);
        writer.WriteString("id", supervisor.Process.Id.ToString());
        writer.WriteString("strategy", StrategyOf(supervisor));
        writer.WriteNumber("childCount", children.Count);
        writer.WriteStartArray("children");
        for (int i = 0; i < children.Count && depth > 0 && budget > 0; i++)
        {
            budget--;
            writer.WriteStartObject();
            WriteMembers(writer, children[i]);
            if (children[i].Supervisor is { } below)
            {
                writer.WritePropertyName("supervisor");
                WriteSupervisor(writer, below, ref budget, depth - 1);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The members of a child, into an object that is open.</summary>
    internal static void WriteMembers(Utf8JsonWriter writer, ChildHandle child)
    {
        writer.WriteString("name", child.Name);
        writer.WriteString("kind", child.Kind switch
        {
            ChildKind.Guest => "guest",
            ChildKind.Supervisor => "supervisor",
            _ => "native",
        });
        writer.WriteString("state", child.State switch
        {
            ChildState.Starting => "starting",
            ChildState.Running => "running",
            ChildState.Stopping => "stopping",
            ChildState.Restarting => "restarting",
            ChildState.Stopped => "stopped",
            _ => "removed",
        });
        ProcessJson.WriteId(writer, "id", child.Current?.Id);
        writer.WriteNumber("restarts", child.Restarts);
        writer.WriteString("lastExit", child.LastExit?.Message);
    }

    private static string StrategyOf(Supervisor supervisor) => supervisor.Strategy switch
    {
        RestartStrategy.OneForAll => "one for all",
        RestartStrategy.RestForOne => "rest for one",
        _ => "one for one",
    };
}
