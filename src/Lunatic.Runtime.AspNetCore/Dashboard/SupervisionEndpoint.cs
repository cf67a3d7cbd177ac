using System.Text.Json;
using Lunatic.Runtime.DependencyInjection;
using Lunatic.Runtime.Supervision;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>All supervision trees, and those that the host started and that have ended.</summary>
internal sealed class SupervisionEndpoint(LunaticRuntime runtime, LunaticHost? host)
{
    private const int MaxChildren = 500, MaxDepth = 20;

    internal Task ServeAsync(HttpContext context) => JsonResponse.WriteAsync(context, this, static (writer, endpoint) => endpoint.Write(writer));

    private void Write(Utf8JsonWriter writer)
    {
        int budget = MaxChildren;
        writer.WriteStartObject();
        writer.WriteStartArray("trees");
        foreach (LunaticEnvironment environment in runtime.Environments.OrderBy(static environment => environment.Id))
        {
            foreach (Supervisor supervisor in environment.Supervisors.OrderBy(static supervisor => supervisor.Process.Id.LocalId))
            {
                writer.WriteStartObject();
                writer.WriteString("environment", environment.Name);
                writer.WritePropertyName("supervisor");
                SupervisionJson.WriteSupervisor(writer, supervisor, ref budget, MaxDepth);
                writer.WriteEndObject();
            }
        }
        writer.WriteEndArray();
        WriteEnded(writer);
        writer.WriteEndObject();
    }

    private void WriteEnded(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("ended");
        foreach (Supervisor supervisor in host?.Supervisors ?? [])
        {
            if (supervisor.Completion is not { IsCompletedSuccessfully: true, Result: var reason })
                continue;
            writer.WriteStartObject();
            writer.WriteString("name", supervisor.Name);
            writer.WriteString("reason", reason.Message);
            writer.WriteBoolean("failed", reason.IsFailure);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
