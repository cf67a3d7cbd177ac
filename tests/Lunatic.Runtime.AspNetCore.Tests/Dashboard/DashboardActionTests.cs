using System.Net;
using Lunatic.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

internal sealed class DashboardActionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly (string, string) OwnPage = ("Sec-Fetch-Site", "same-origin");

    [Test]
    public async Task Nothing_can_be_ended_unless_options_allow_it()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        LunaticProcess process = application.Environment.Spawn(Shop.WaitAsync);

        using HttpResponseMessage response = await application.SendAsync(HttpMethod.Post, $"/lunatic/api/processes/{process.Id}/kill", TestUsers.Operator, OwnPage);

        Assert.That((response.StatusCode, process.HasEnded), Is.EqualTo((HttpStatusCode.NotFound, false)));
        Assert.That((await application.GetJsonAsync($"/lunatic/api/processes/{process.Id}", TestUsers.Operator)).GetProperty("canKill").GetBoolean(), Is.False);
    }

    [TestCase(null, HttpStatusCode.Unauthorized)]
    [TestCase(TestUsers.Viewer, HttpStatusCode.Forbidden)]
    [TestCase(TestUsers.Operator, HttpStatusCode.Accepted)]
    public async Task Killing_needs_the_policy(string? user, HttpStatusCode status)
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        LunaticProcess process = application.Environment.Spawn(Shop.WaitAsync);
        bool isAllowed = status is HttpStatusCode.Accepted;
        Assert.That((await application.GetJsonAsync($"/lunatic/api/processes/{process.Id}", user)).GetProperty("canKill").GetBoolean(), Is.EqualTo(isAllowed));

        using HttpResponseMessage response = await application.SendAsync(HttpMethod.Post, $"/lunatic/api/processes/{process.Id}/kill", user, OwnPage);

        Assert.That(response.StatusCode, Is.EqualTo(status));
        if (isAllowed)
            Assert.That(await process.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Killed));
        else
            Assert.That(process.HasEnded, Is.False);
    }

    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    [TestCase("Sec-Fetch-Site", "none")]
    [TestCase("Origin", "https://evil.example")]
    [TestCase("Origin", "http://localhost:81")]
    [TestCase("Origin", "https://localhost")]
    [TestCase("Origin", "null")]
    [TestCase("X-Nothing", "told")]
    public async Task A_request_of_another_site_is_refused_whoever_the_user_is(string header, string value)
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        LunaticProcess process = application.Environment.Spawn(Shop.WaitAsync);

        foreach (string action in new[] { "kill", "stop" })
        {
            using HttpResponseMessage response = await application.SendAsync(HttpMethod.Post, $"/lunatic/api/processes/{process.Id}/{action}", TestUsers.Operator, (header, value));
            Assert.That((response.StatusCode, process.HasEnded), Is.EqualTo((HttpStatusCode.Forbidden, false)));
        }
    }

    [TestCase("Origin", "http://localhost")]
    [TestCase("Origin", "http://localhost:80")]
    [TestCase("Sec-Fetch-Site", "same-origin")]
    public async Task A_request_of_the_own_site_is_carried_out(string header, string value)
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        LunaticProcess process = application.Environment.Spawn(Shop.WaitAsync);

        using HttpResponseMessage response = await application.SendAsync(HttpMethod.Post, $"/lunatic/api/processes/{process.Id}/kill", TestUsers.Operator, (header, value));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await process.Completion.WaitAsync(Limit);
    }

    [Test]
    public async Task Actions_are_posts()
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        LunaticProcess process = application.Environment.Spawn(Shop.WaitAsync);

        using HttpResponseMessage response = await application.SendAsync(HttpMethod.Get, $"/lunatic/api/processes/{process.Id}/kill", TestUsers.Operator, OwnPage);

        Assert.That((response.StatusCode, process.HasEnded), Is.EqualTo((HttpStatusCode.MethodNotAllowed, false)));
    }

    [Test]
    public async Task A_child_is_stopped_by_its_supervisor_and_stays_down()
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        ChildHandle child = application.Services.GetRequiredKeyedService<Supervisor>("orders")["stock"];
        LunaticProcess process = child.Current!;

        await StopAsync(application, process, HttpStatusCode.Accepted);

        await process.Completion.WaitAsync(Limit);
        Assert.That(SpinWait.SpinUntil(() => child.State is ChildState.Stopped, Limit), () => $"the child is {child.State}");
        Assert.That(child.Restarts, Is.Zero);
    }

    [Test]
    public async Task A_root_is_stopped_with_all_below_it()
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        Supervisor orders = application.Services.GetRequiredKeyedService<Supervisor>("orders");

        await StopAsync(application, orders.Process, HttpStatusCode.Accepted);

        Assert.That(await orders.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public async Task A_CSharp_process_is_asked_to_end_and_a_guest_cannot_be()
    {
        await using DashboardApplication application = await StartWithActionsAsync();
        TaskCompletionSource listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LunaticProcess polite = application.Environment.Spawn(async context =>
        {
            ValueTask<Message> wait = context.ReceiveAsync(context.StopRequested);
            listens.SetResult();
            await wait;
        });
        await listens.Task.WaitAsync(Limit);
        LunaticProcess guest = await application.Environment.SpawnAsync(application.Services.GetRequiredKeyedService<LunaticModule>("pricing"), "serve");

        await StopAsync(application, polite, HttpStatusCode.Accepted);
        await StopAsync(application, guest, HttpStatusCode.Conflict);

        Assert.That(await polite.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
        Assert.That(guest.HasEnded, Is.False);
        Assert.That((await application.GetJsonAsync($"/lunatic/api/processes/{guest.Id}", TestUsers.Operator)).GetProperty("canStop").GetBoolean(), Is.False);
    }

    [Test]
    public void Options_that_make_no_sense_are_errors_when_the_dashboard_is_mapped()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddLunatic();
        IEndpointRouteBuilder application = builder.Build();

        Assert.That(() => application.MapLunatic("/a", static options => options.AllowActions = true), Throws.ArgumentException.With.Property("ParamName").EqualTo("ActionPolicy"));
        Assert.That(() => application.MapLunatic("/b", static options => options.RefreshInterval = TimeSpan.Zero), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => application.MapLunatic("/c", static options => (options.AllowActions, options.ActionPolicy) = (true, "operators")), Throws.InvalidOperationException.With.Message.Contains("AddAuthorization"));
    }

    private static Task<DashboardApplication> StartWithActionsAsync() =>
        DashboardApplication.StartAsync(static options => (options.AllowActions, options.ActionPolicy) = (true, TestUsers.Operators));

    private static async Task StopAsync(DashboardApplication application, LunaticProcess process, HttpStatusCode status)
    {
        using HttpResponseMessage response = await application.SendAsync(HttpMethod.Post, $"/lunatic/api/processes/{process.Id}/stop", TestUsers.Operator, OwnPage);
        Assert.That(response.StatusCode, Is.EqualTo(status));
    }
}
