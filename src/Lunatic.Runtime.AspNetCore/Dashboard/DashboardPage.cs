using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>
/// A page: its frame, which the script fills. Nothing in it comes from a guest or the request. All addresses are relative, so it works below any path base and behind proxies that
/// change paths.
/// </summary>
/// <param name="name">What the script shows.</param>
/// <param name="title">The page's title.</param>
/// <param name="depth">Folders between the dashboard's root and the page.</param>
/// <param name="interval">Time between two refreshes.</param>
internal sealed class DashboardPage(string name, string title, int depth, TimeSpan interval)
{
    private readonly byte[] _content = Encoding.UTF8.GetBytes(Write(name, title, string.Concat(Enumerable.Repeat("../", depth)), interval));

    /// <summary>The name of the first page, whose address is that of the folder.</summary>
    internal const string Overview = "overview";

    internal Task ServeAsync(HttpContext context)
    {
        // relative addresses count from the last slash, and routing does not care whether there is one at the end
        bool isFolder = context.Request.Path.Value is [.., '/'];
        if (isFolder != name is Overview)
            return RedirectAsync(context, isFolder);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(_content, "text/html; charset=utf-8").ExecuteAsync(context);
    }

    private static Task RedirectAsync(HttpContext context, bool isFolder)
    {
        string path = context.Request.PathBase.Add(context.Request.Path).ToUriComponent().TrimEnd('/');
        string last = path[(path.LastIndexOf('/') + 1)..];
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = (isFolder ? $"../{last}" : $"./{last}/") + context.Request.QueryString.ToUriComponent();
        return Task.CompletedTask;
    }

    private static string Write(string name, string title, string root, TimeSpan interval)
    {
        string assets = $"{root}assets/{DashboardAssets.Instance.Version}/";
        string first = root.Length == 0 ? "./" : root;
        string milliseconds = interval.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        return $"""
            <!doctype html>
            <html lang="en" data-page="{name}" data-root="{root}" data-interval="{milliseconds}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <meta name="robots" content="noindex">
              <title>{title} · Lunatic</title>
              <link rel="icon" href="{assets}icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="{assets}dashboard.css">
              <script type="module" src="{assets}dashboard.js"></script>
            </head>
            <body>
              <a class="skip" href="#main">Skip to the content</a>
              <header class="bar">
                <a class="brand" href="{first}"><img src="{assets}icon.svg" alt="" width="20" height="20">Lunatic</a>
                <nav aria-label="Pages">
                  <a href="{first}"{Current("overview")}>Overview</a>
                  <a href="{root}processes"{Current("processes")}>Processes</a>
                  <a href="{root}supervision"{Current("supervision")}>Supervision</a>
                </nav>
                <p id="connection" role="status">Connecting</p>
              </header>
              <main id="main" tabindex="-1">
                <noscript><p class="empty">The dashboard needs JavaScript.</p></noscript>
              </main>
            </body>
            </html>
            """;

        string Current(string page) => page == name ? " aria-current=\"page\"" : "";
    }
}
