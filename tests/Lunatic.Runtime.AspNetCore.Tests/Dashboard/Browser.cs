using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

/// <summary>Chromium, as the system installed it. Tests that need it are skipped where there is none.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    // the last ones keep it from looking for its maker's hosts
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    internal static async Task<Browser> StartAsync()
    {
        if (!File.Exists(Executable))
            Assert.Ignore($"there is no {Executable}: apt-get install chromium");
        SetDefaultExpectTimeout(30_000);
        IPlaywright playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments }));
    }

    /// <summary>A page of a user. What the page's script throws, or the content security policy refuses, goes to a list.</summary>
    internal async Task<IPage> OpenAsync(Uri address, string? user, List<string> complaints, ViewportSize? viewport = null, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = viewport ?? new ViewportSize { Width = 1280, Height = 800 },
            HasTouch = viewport is { Width: < 500 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (user is not null)
            await context.AddCookiesAsync([new Cookie { Name = TestUsers.Cookie, Value = user, Url = address.ToString(), SameSite = SameSiteAttribute.Lax }]);
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add($"a dialog: {dialog.Message}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
