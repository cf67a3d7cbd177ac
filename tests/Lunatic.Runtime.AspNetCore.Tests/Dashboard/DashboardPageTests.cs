using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

internal sealed class DashboardPageTests
{
    private static readonly string[] Pages = ["/lunatic/", "/lunatic/processes", "/lunatic/processes/1.2", "/lunatic/supervision"];

    [TestCaseSource(nameof(Pages))]
    public async Task Pages_allow_nothing_from_elsewhere_and_nothing_inline(string path)
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        using HttpResponseMessage response = await application.GetAsync(path);
        string html = await response.Content.ReadAsStringAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(html, Does.Not.Match("<script(?![^>]* src=)").And.Not.Match("<style| style=| on[a-z]+=").And.Not.Contain("//"));
    }

    [TestCaseSource(nameof(Pages))]
    public async Task What_pages_refer_to_is_there_and_kept_by_browsers(string path)
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        string html = await (await application.GetAsync(path)).Content.ReadAsStringAsync();
        Uri page = new($"http://localhost{path}");
        string[] references = [.. Regex.Matches(html, "(?:href|src)=\"([^\"#]+)\"").Select(match => new Uri(page, match.Groups[1].Value).PathAndQuery).Distinct()];
        Assert.That(references.Count(static reference => reference.Contains("/assets/", StringComparison.Ordinal)), Is.EqualTo(3));

        foreach (string reference in references)
        {
            using HttpResponseMessage response = await application.GetAsync(reference);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), reference);
            if (!reference.Contains("/assets/", StringComparison.Ordinal))
                continue;
            Assert.That(response.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
            using HttpResponseMessage again = await application.SendAsync(HttpMethod.Get, reference, null, ("If-None-Match", response.Headers.ETag!.ToString()));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        }
    }

    [Test]
    public async Task Scripts_import_what_is_there()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        string html = await (await application.GetAsync("/lunatic/")).Content.ReadAsStringAsync();
        string folder = Regex.Match(html, "src=\"(assets/[0-9a-f]+/)dashboard.js\"").Groups[1].Value;
        Queue<string> waiting = new(["dashboard.js"]);
        HashSet<string> seen = [];
        while (waiting.TryDequeue(out string? file))
        {
            if (!seen.Add(file))
                continue;
            using HttpResponseMessage response = await application.GetAsync($"/lunatic/{folder}{file}");
            Assert.That((response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "text/javascript")), file);
            string script = await response.Content.ReadAsStringAsync();
            Assert.That(script, Does.Not.Contain("innerHTML").And.Not.Contain("insertAdjacentHTML").And.Not.Contain("document.write"), file);
            foreach (Match import in Regex.Matches(script, "from \"\\./([a-z]+\\.js)\""))
                waiting.Enqueue(import.Groups[1].Value);
        }
        Assert.That(seen, Has.Count.GreaterThan(5));
    }

    [Test]
    public async Task Files_that_are_not_there_are_not_found_and_old_addresses_are_not_kept()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();

        Assert.That((await application.GetAsync("/lunatic/assets/0/secrets.json")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await application.GetAsync("/lunatic/assets/0/..%2fdashboard.js")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await application.GetAsync("/lunatic/assets/0/dashboard.js")).Headers.CacheControl!.ToString(), Does.Contain("no-cache").And.Not.Contain("immutable"));
    }

    [TestCase("/lunatic?a=1", "./lunatic/?a=1")]
    [TestCase("/lunatic/processes/?page=2", "../processes?page=2")]
    [TestCase("/lunatic/processes/1.2/", "../1.2")]
    public async Task Pages_have_one_address_and_relative_ones_fit_it(string path, string location)
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        using HttpResponseMessage response = await application.GetAsync(path);

        Assert.That((response.StatusCode, response.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.Found, location)));
    }

    [Test]
    public async Task A_path_base_needs_no_configuration()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync(static application =>
        {
            application.UsePathBase("/behind");
            application.UseRouting();
            application.MapLunatic("/tools/lunatic");
        });

        Assert.That((await application.GetAsync("/behind/tools/lunatic")).Headers.Location?.OriginalString, Is.EqualTo("./lunatic/"));
        string html = await (await application.GetAsync("/behind/tools/lunatic/processes/1.2")).Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("href=\"../supervision\"").And.Contain("data-root=\"../\""));
    }

    [Test]
    public async Task What_the_builder_requires_holds_for_everything()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync(
            static options => (options.AllowActions, options.ActionPolicy) = (true, TestUsers.Operators), TestUsers.Viewers);
        RouteEndpoint[] endpoints = [.. application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        Assert.That(endpoints, Has.Length.EqualTo(11));

        foreach (RouteEndpoint endpoint in endpoints)
        {
            string path = endpoint.RoutePattern.RawText!.Replace("{id}", "1.2", StringComparison.Ordinal);
            HttpMethod method = new(endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Single());
            using HttpResponseMessage response = await application.SendAsync(method, path, null, ("Sec-Fetch-Site", "same-origin"));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
        }
        Assert.That((await application.GetAsync("/lunatic/", TestUsers.Viewer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
