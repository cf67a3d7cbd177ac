using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

internal sealed class DashboardDataTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task The_overview_tells_what_is_new()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync(static options => options.RefreshInterval = TimeSpan.FromSeconds(0.25));
        JsonElement first = await application.GetJsonAsync("/lunatic/api/overview");
        string run = first.GetProperty("run").ToString();
        long last = first.GetProperty("samples").EnumerateArray().Last().GetProperty("number").GetInt64();
        await application.Environment.Spawn(static _ => Task.CompletedTask).Completion.WaitAsync(Limit);

        JsonElement[] later = [];
        Stopwatch waiting = Stopwatch.StartNew();
        while (!later.Any(static sample => sample.GetProperty("ended").GetInt64() == 1) && waiting.Elapsed < Limit)
            later = [.. (await application.GetJsonAsync($"/lunatic/api/overview?run={run}&after={last}")).GetProperty("samples").EnumerateArray()];

        Assert.That(later, Is.Not.Empty, "no new sample came");
        Assert.That(later[0].GetProperty("number").GetInt64(), Is.EqualTo(last + 1));
        Assert.That(later[^1].GetProperty("ended").GetInt64(), Is.EqualTo(1), "the process that ended");
        Assert.That(later[^1].GetProperty("processes").GetInt32(), Is.EqualTo(5).Or.EqualTo(6), "two supervisors, two C# processes, a guest, and one that is being counted out");
        Assert.That(first.GetProperty("census").GetProperty("supervisors").GetInt32(), Is.EqualTo(2));
        Assert.That(first.GetProperty("environments")[0].GetProperty("name").GetString(), Is.EqualTo("shop"));
        JsonElement otherRun = await application.GetJsonAsync($"/lunatic/api/overview?run=1&after={last}");
        Assert.That(otherRun.GetProperty("samples")[0].GetProperty("number").GetInt64(), Is.EqualTo(1), "of another run everything is new");
    }

    [Test]
    public async Task The_table_is_searched_sorted_and_cut_by_the_server()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        await Shop.PopulateAsync(application.Services, 100);

        JsonElement page = await application.GetJsonAsync("/lunatic/api/processes?search=worker&sort=queuedMessages&descending=true&size=10&page=2");

        Assert.That((page.GetProperty("total").GetInt32(), page.GetProperty("matching").GetInt32()), Is.EqualTo((106, 33)));
        JsonElement[] rows = [.. page.GetProperty("processes").EnumerateArray()];
        Assert.That(rows, Has.Length.EqualTo(10));
        Assert.That(rows.Select(static row => row.GetProperty("queued").GetInt32()), Is.Ordered.Descending);
        Assert.That(rows, Has.All.Matches<JsonElement>(static row => row.GetProperty("names")[0].GetString()!.StartsWith("worker-", StringComparison.Ordinal)));
    }

    [TestCase("?sort=nothing&page=0&size=100000&descending=perhaps")]
    [TestCase("?page=999999999&size=200")]
    [TestCase("?page=-1&size=abc&sort=99")]
    public async Task Senseless_questions_have_sensible_answers(string query)
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();

        JsonElement page = await application.GetJsonAsync($"/lunatic/api/processes{query}");

        Assert.That(page.GetProperty("total").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_process_is_described_with_its_stack_and_its_relations()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        LunaticProcess guest = application.Environment.FindProcess("pricing")!;
        Assert.That(SpinWait.SpinUntil(() => guest.GetSnapshot().State is Inspection.ProcessState.Receiving, Limit), "the guest does not receive");
        LunaticProcess friend = application.Environment.Spawn(Shop.WaitAsync);
        guest.Link(friend);
        Supervisor orders = application.Services.GetRequiredKeyedService<Supervisor>("orders");

        JsonElement process = await application.GetJsonAsync($"/lunatic/api/processes/{guest.Id}");

        Assert.That(process.GetProperty("stack").EnumerateArray().Select(static line => line.GetString()!.Split(' ')[0]), Is.EqualTo(new[] { "await_request", "<b>serve_one</b>", "serve" }));
        Assert.That(process.GetProperty("linked")[0].GetProperty("id").GetString(), Is.EqualTo(friend.Id.ToString()));
        Assert.That(process.GetProperty("watchedBy")[0].GetProperty("id").GetString(), Is.EqualTo(orders.Process.Id.ToString()));
        Assert.That(process.GetProperty("parentProcess").GetProperty("function").GetString(), Is.EqualTo("orders"));
        Assert.That(process.GetProperty("supervision").GetProperty("child").GetProperty("name").GetString(), Is.EqualTo("pricing"));
        Assert.That((process.GetProperty("canKill").GetBoolean(), process.GetProperty("canStop").GetBoolean()), Is.EqualTo((false, false)));
        JsonElement parent = await application.GetJsonAsync($"/lunatic/api/processes/{orders.Process.Id}");
        Assert.That((parent.GetProperty("childCount").GetInt32(), parent.GetProperty("kind").GetString()), Is.EqualTo((3, "supervisor")));
    }

    [TestCase("1.999")]
    [TestCase("1.0")]
    [TestCase("99999999999999999999.1")]
    [TestCase("nonsense")]
    public async Task A_process_that_is_not_there_is_not_found(string id)
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();

        Assert.That((await application.GetAsync($"/lunatic/api/processes/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_process_that_does_not_come_back_is_shown_without_its_stack()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        using ManualResetEventSlim go = new(), begun = new();
        LunaticProcess stuck = application.Environment.Spawn(_ =>
        {
            begun.Set();
            go.Wait(Limit);
            return Task.CompletedTask;
        });
        Assert.That(begun.Wait(Limit), "the body did not begin");

        JsonElement process = await application.GetJsonAsync($"/lunatic/api/processes/{stuck.Id}");
        go.Set();

        Assert.That((process.GetProperty("answered").GetBoolean(), process.GetProperty("state").GetString()), Is.EqualTo((false, "running")));
    }

    [Test]
    public async Task Trees_are_told_with_those_that_failed()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        JsonElement before = await application.GetJsonAsync("/lunatic/api/supervision");
        JsonElement tree = before.GetProperty("trees")[0].GetProperty("supervisor");
        Assert.That((tree.GetProperty("name").GetString(), tree.GetProperty("strategy").GetString()), Is.EqualTo(("orders", "rest for one")));
        Assert.That(tree.GetProperty("children").EnumerateArray().Select(static child => child.GetProperty("name").GetString()), Is.EqualTo(new[] { "stock", "pricing", "mail" }));
        Assert.That(tree.GetProperty("children")[2].GetProperty("supervisor").GetProperty("children")[0].GetProperty("name").GetString(), Is.EqualTo("sender"));

        Supervisor orders = application.Services.GetRequiredKeyedService<Supervisor>("orders");
        orders.Process.Kill();
        await orders.Completion.WaitAsync(Limit);

        JsonElement after = await application.GetJsonAsync("/lunatic/api/supervision");
        Assert.That((after.GetProperty("ended")[0].GetProperty("name").GetString(), after.GetProperty("ended")[0].GetProperty("failed").GetBoolean()), Is.EqualTo(("orders", true)));
    }

    [Test]
    public async Task Hostile_names_are_escaped_and_cut()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        await Shop.PopulateAsync(application.Services, 0);
        LunaticProcess process = application.Environment.FindProcess(Shop.HostileName)!;
        application.Environment.Register(new string('x', 10_000), process);

        string json = await (await application.GetAsync($"/lunatic/api/processes/{process.Id}")).Content.ReadAsStringAsync();

        Assert.That(json, Does.Not.Contain("<").And.Not.Contain("\u202E").And.Contain("\\u003Cimg"));
        Assert.That(json, Has.Length.LessThan(5_000));
    }

    [Test]
    public async Task A_page_of_100_000_processes_is_small_and_quick()
    {
        await using DashboardApplication application = await DashboardApplication.StartAsync();
        for (int i = 0; i < 100_000; i++)
            application.Environment.Spawn(Shop.WaitAsync);
        Assert.That(SpinWait.SpinUntil(() => application.Runtime.GetStatistics().RunQueueLength == 0, Limit), "the processes do not come to rest");

        foreach (string path in (string[])["/lunatic/api/processes", "/lunatic/api/processes?sort=queuedMessages&descending=true", "/lunatic/api/processes?sort=module&page=1900", "/lunatic/api/processes?search=stock", "/lunatic/api/overview"])
        {
            await application.GetAsync(path);
            // what other tests allocate meanwhile is counted as well: the least of some requests is the request's own
            long least = long.MaxValue;
            for (int i = 0; i < 10 && least >= 1_000_000; i++)
            {
                long allocated = GC.GetTotalAllocatedBytes(precise: true);
                long started = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await application.GetAsync(path);
                TimeSpan time = Stopwatch.GetElapsedTime(started);
                allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
                least = Math.Min(least, allocated);
                byte[] body = await response.Content.ReadAsByteArrayAsync();
                TestContext.Out.WriteLine($"{path}: {time.TotalMilliseconds:F1} ms, {allocated} bytes allocated, {body.Length} bytes sent");
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(body, Has.Length.LessThan(100_000));
            }
            Assert.That(least, Is.LessThan(1_000_000));
        }
    }
}
