using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>The script, style and picture files of the dashboard, which are resources of the assembly. Their addresses hold a hash of all of them, so browsers keep them for ever.</summary>
internal sealed class DashboardAssets
{
    private const string Prefix = "Dashboard/";

    private static readonly Lazy<DashboardAssets> Shared = new(static () => new DashboardAssets(typeof(DashboardAssets).Assembly));

    private readonly FrozenDictionary<string, DashboardAsset> _assets;

    private DashboardAssets(Assembly assembly)
    {
        _assets = assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(static name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
        string all = string.Concat(_assets.OrderBy(static asset => asset.Key, StringComparer.Ordinal).Select(static asset => asset.Key + asset.Value.Tag));
        Version = HashOf(System.Text.Encoding.UTF8.GetBytes(all));
    }

    internal static DashboardAssets Instance => Shared.Value;

    /// <summary>Changes with any of the files.</summary>
    internal string Version { get; }

    internal Task ServeAsync(HttpContext context)
    {
        if (context.GetRouteValue("file") is not string file || !_assets.TryGetValue(file, out DashboardAsset? asset))
            return TypedResults.NotFound().ExecuteAsync(context);
        // an old page, or a guess: what it gets is not what the address says
        bool isCurrent = context.GetRouteValue("version") is string version && version == Version;
        context.Response.Headers.CacheControl = isCurrent ? "private, max-age=31536000, immutable" : "private, no-cache";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue(asset.Tag)).ExecuteAsync(context);
    }

    private static DashboardAsset Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new DashboardAsset(content, ContentTypeOf(name), $"\"{HashOf(content)}\"");
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
}
