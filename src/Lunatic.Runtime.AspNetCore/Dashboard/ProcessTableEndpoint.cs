using System.Globalization;
using System.Text.Json;
using Lunatic.Runtime.Inspection;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>A page of the process table. Sorted and searched here: browsers never get more than they show.</summary>
internal sealed class ProcessTableEndpoint(LunaticRuntime runtime)
{
    private const int MaxSize = 200, DefaultSize = 50, MaxSearchLength = 200;

    internal Task ServeAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        int size = Math.Clamp(NumberIn(query, "size", DefaultSize), 1, MaxSize);
        int page = Math.Clamp(NumberIn(query, "page", 1), 1, int.MaxValue / size);
        string search = query["search"].ToString();
        ProcessPage processes = runtime.GetProcesses(new ProcessQuery
        {
            Search = search.Length > MaxSearchLength ? search[..MaxSearchLength] : search,
            OrderBy = Enum.TryParse(query["sort"], ignoreCase: true, out ProcessOrder order) && Enum.IsDefined(order) ? order : ProcessOrder.Id,
            Descending = query["descending"] == "true",
            Skip = (page - 1) * size,
            Take = size,
        });
        return JsonResponse.WriteAsync(context, processes, Write);
    }

    private static int NumberIn(IQueryCollection query, string name, int otherwise) =>
        int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static void Write(Utf8JsonWriter writer, ProcessPage page)
    {
        writer.WriteStartObject();
        writer.WriteNumber("total", page.Total);
        writer.WriteNumber("matching", page.Matching);
        writer.WriteStartArray("processes");
        foreach (ProcessSnapshot process in page.Processes)
        {
            writer.WriteStartObject();
            ProcessJson.WriteMembers(writer, process);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
