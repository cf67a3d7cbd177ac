using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>The process that an address names, by its id.</summary>
internal static class RequestedProcess
{
    /// <summary>The process; null: there is none, or it has ended.</summary>
    internal static LunaticProcess? Find(LunaticRuntime runtime, HttpContext context) =>
        context.GetRouteValue("id") is string text && TryParse(text, out ProcessId id) ? runtime.FindProcess(id) : null;

    private static bool TryParse(string text, out ProcessId id)
    {
        id = default;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long environment)
            || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long local))
            return false;
        id = new ProcessId(environment, local);
        return true;
    }
}
