using System.Net;
using System.Text.Json;
using Lunatic.Runtime.AspNetCore.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

/// <summary>The shop with its dashboard, in memory.</summary>
internal sealed class DashboardApplication : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _client;

    private DashboardApplication(WebApplication application)
    {
        _application = application;
        _client = application.GetTestClient();
    }

    internal IServiceProvider Services => _application.Services;

    internal LunaticRuntime Runtime => Services.GetRequiredService<LunaticRuntime>();

    internal LunaticEnvironment Environment => Services.GetRequiredKeyedService<LunaticEnvironment>("shop");

    internal static Task<DashboardApplication> StartAsync(Action<LunaticDashboardOptions>? configure = null, string? viewPolicy = null) => StartAsync(application =>
    {
        IEndpointConventionBuilder dashboard = application.MapLunatic("/lunatic", configure);
        if (viewPolicy is not null)
            dashboard.RequireAuthorization(viewPolicy);
    });

    internal static async Task<DashboardApplication> StartAsync(Action<WebApplication> map) => new(await TestApplication.StartAsync(
        static services =>
        {
            TestUsers.Add(services);
            Shop.AddTo(services);
        },
        map));

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? user = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        if (user is not null)
            request.Headers.Add("Cookie", $"{TestUsers.Cookie}={user}");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request);
    }

    internal Task<HttpResponseMessage> GetAsync(string path, string? user = null) => SendAsync(HttpMethod.Get, path, user);

    internal async Task<JsonElement> GetJsonAsync(string path, string? user = null)
    {
        using HttpResponseMessage response = await GetAsync(path, user);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType?.ToString()), Is.EqualTo((HttpStatusCode.OK, "application/json; charset=utf-8")));
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }
}
