using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>Answers that are written straight into the response.</summary>
internal static class JsonResponse
{
    internal static async Task WriteAsync<TState>(HttpContext context, TState state, Action<Utf8JsonWriter, TState> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter writer = new(context.Response.BodyWriter);
        write(writer, state);
        await writer.FlushAsync(context.RequestAborted);
    }

    internal static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, reason, static (writer, reason) =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", reason);
            writer.WriteEndObject();
        });
    }
}
