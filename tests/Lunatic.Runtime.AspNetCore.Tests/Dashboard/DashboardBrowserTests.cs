using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

/// <summary>The dashboard as people use it. Screenshots are in the folder that the tests' output names.</summary>
internal sealed class DashboardBrowserTests
{
    // what would turn the text around is shown as what it is
    private static readonly string Printable = Shop.HostileName.Replace('\u202E', '\uFFFD');

    private readonly List<string> _complaints = [];
    private Browser _browser = null!;
    private WebApplication _application = null!;
    private Uri _address = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _browser = await Browser.StartAsync();
        _application = await TestApplication.StartAsync(
            static services =>
            {
                TestUsers.Add(services);
                Shop.AddTo(services);
            },
            static application => application.MapLunatic("/lunatic", static options =>
            {
                options.AllowActions = true;
                options.ActionPolicy = TestUsers.Operators;
                options.RefreshInterval = TimeSpan.FromSeconds(0.25);
            }).RequireAuthorization(TestUsers.Viewers),
            onPort: true);
        _address = Shop.AddressOf(_application);
        await Shop.PopulateAsync(_application.Services, 300);
        Shop.StartTalk(_application.Services);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_application is not null)
            await _application.DisposeAsync();
    }

    [SetUp]
    public void Forget() => _complaints.Clear();

    [TearDown]
    public void Nothing_was_complained_about() => Assert.That(_complaints, Is.Empty);

    [Test]
    public async Task The_overview_moves()
    {
        IPage page = await OpenAsync("lunatic", TestUsers.Viewer);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
        ILocator messages = page.Locator(".tile", new PageLocatorOptions { HasText = "undeliverable" }).Locator("b");
        await Expect(messages).ToHaveTextAsync(new Regex(@"^[1-9][\d.,K]*/s$"));
        ILocator line = page.Locator(".plot", new PageLocatorOptions { HasText = "Messages per second" }).Locator(".line-0");
        string first = (await line.GetAttributeAsync("d"))!;
        await Expect(line).Not.ToHaveAttributeAsync("d", first);
        await Expect(page.Locator("table", new PageLocatorOptions { HasText = "Workers" }).Locator("tbody tr .spark")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("table", new PageLocatorOptions { HasText = "Environments" })).ToContainTextAsync("shop");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.plot .line-0')[1].getAttribute('d').length > 300");
        await ShootAsync(page, "overview");
        await page.Locator(".plot svg").First.HoverAsync();
        await Expect(page.Locator(".plot .axis").First).ToContainTextAsync("at ");
    }

    [Test]
    public async Task The_table_is_searched_and_sorted_and_turned_over()
    {
        IPage page = await OpenAsync("lunatic/processes", TestUsers.Viewer);
        ILocator rows = page.Locator(".processes tbody tr");
        await Expect(rows).ToHaveCountAsync(50);
        await Expect(page.Locator(".range")).ToHaveTextAsync(new Regex(@"^1–50 of 3\d\d$"));
        await ShootAsync(page, "processes");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Next" }).ClickAsync();
        await Expect(page.Locator(".range")).ToHaveTextAsync(new Regex("^51–100"));
        await Expect(page).ToHaveURLAsync(new Regex("page=2"));

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mailbox" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=descending]")).ToHaveTextAsync("Mailbox");
        await Expect(rows.First.Locator("td[data-label=Mailbox]")).ToHaveTextAsync("6");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("WORKER-30");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.First).ToContainTextAsync("worker-30");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("WORKER-30");
        await Expect(rows).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("nobody is called that");
        await Expect(page.Locator(".empty")).ToContainTextAsync("fits “nobody is called that”");
        await ShootAsync(page, "processes-none");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show all" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(50);
    }

    [Test]
    public async Task A_process_is_opened_by_keyboard_and_shows_its_stack_and_its_tree()
    {
        IPage page = await OpenAsync("lunatic/processes?search=pricing&sort=id", TestUsers.Viewer);
        await Expect(page.Locator(".processes tbody tr")).ToHaveCountAsync(1);
        await page.Locator(".processes tbody a").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync(new Regex(@"^Process \d+\.\d+$"));
        await Expect(page.Locator(".stack li")).ToHaveTextAsync([new Regex("^await_request"), new Regex("^<b>serve_one</b>"), new Regex("^serve")]);
        await Expect(page.Locator(".titles .state")).ToHaveTextAsync("Receiving");
        await Expect(page.Locator(".node[aria-current]")).ToContainTextAsync("pricing");
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Kill" })).ToHaveCountAsync(0);
        await ShootAsync(page, "process");
    }

    [Test]
    public async Task An_operator_kills_a_process()
    {
        LunaticProcess victim = _application.Services.GetRequiredKeyedService<LunaticEnvironment>("shop").Spawn(Shop.WaitAsync);
        IPage page = await OpenAsync($"lunatic/processes/{victim.Id}", TestUsers.Operator);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Kill" }).ClickAsync();
        await ShootAsync(page, "kill");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        Assert.That(victim.HasEnded, Is.False);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Kill" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Kill" }).ClickAsync();

        await Expect(page.Locator(".warning")).ToHaveTextAsync("This process has ended. What is shown was seen last.");
        Assert.That(await victim.Completion.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(ExitReason.Killed));
        await ShootAsync(page, "process-ended");
    }

    [Test]
    public async Task Supervision_trees_are_shown()
    {
        IPage page = await OpenAsync("lunatic/supervision", TestUsers.Viewer);
        ILocator tree = page.Locator(".card", new PageLocatorOptions { HasText = "orders" });
        await Expect(tree).ToContainTextAsync("rest for one");
        await Expect(tree).ToContainTextAsync("sender");
        await ShootAsync(page, "supervision");
        await tree.Locator("summary", new LocatorLocatorOptions { HasText = "mail" }).ClickAsync();
        await Expect(tree.GetByText("sender")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_name_that_is_markup_stays_text()
    {
        IPage page = await OpenAsync("lunatic/processes?search=onerror", TestUsers.Viewer);
        ILocator name = page.Locator(".processes tbody .name", new PageLocatorOptions { HasText = "<img src=x" }).First;
        await Expect(name).ToHaveTextAsync(Printable);
        await page.Locator(".processes tbody tr", new PageLocatorOptions { HasText = "<img src=x" }).Locator("a").First.ClickAsync();
        await Expect(page.Locator(".names")).ToHaveTextAsync(Printable);
        await Expect(page.Locator(".facts")).ToContainTextAsync("<img_src=x_onerror=alert>");
        Assert.That(await page.TitleAsync(), Does.Not.Contain("owned"));
        Assert.That(await page.Locator("img:not(.brand img)").CountAsync(), Is.Zero);
        await ShootAsync(page, "hostile");
    }

    [Test]
    public async Task A_lost_connection_is_told_and_comes_back()
    {
        IPage page = await OpenAsync("lunatic", TestUsers.Viewer);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator("#connection")).ToHaveTextAsync(new Regex("^Connection lost since .*, trying again$"));
        await ShootAsync(page, "lost");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
    }

    [TestCase("lunatic")]
    [TestCase("lunatic/processes")]
    [TestCase("lunatic/processes?search=onerror")]
    [TestCase("lunatic/supervision")]
    [TestCase("a process")]
    public async Task A_phone_needs_no_sideways_scrolling(string path)
    {
        if (path == "a process")
            path = $"lunatic/processes/{_application.Services.GetRequiredKeyedService<LunaticEnvironment>("shop").FindProcess("pricing")!.Id}";
        foreach (int width in new[] { 320, 400 })
        {
            IPage page = await OpenAsync(path, TestUsers.Operator, new ViewportSize { Width = width, Height = 740 });
            await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
            await Expect(page.Locator(".tiles, .processes tbody tr, .card, .facts").First).ToBeVisibleAsync();
            int overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.That(overflow, Is.LessThanOrEqualTo(0), $"{path} at {width}");
            await ShootAsync(page, $"phone-{width}-{Regex.Replace(path, "[^a-z]+", "-")}");
        }
    }

    [TestCase("lunatic")]
    [TestCase("lunatic/processes")]
    [TestCase("lunatic/supervision")]
    public async Task The_dark_scheme_is_the_systems(string path)
    {
        IPage page = await OpenAsync(path, TestUsers.Operator, scheme: ColorScheme.Dark);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Live");
        string ground = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.That(ground, Is.EqualTo("rgb(18, 20, 26)"));
        await ShootAsync(page, $"dark-{path.Replace('/', '-')}");
    }

    private async Task<IPage> OpenAsync(string path, string user, ViewportSize? viewport = null, ColorScheme scheme = ColorScheme.Light)
    {
        IPage page = await _browser.OpenAsync(_address, user, _complaints, viewport, scheme);
        await page.GotoAsync(path);
        return page;
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots", $"{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        TestContext.Out.WriteLine(path);
    }
}
