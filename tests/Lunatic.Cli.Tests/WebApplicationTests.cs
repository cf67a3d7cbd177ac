using System.Globalization;
using System.Text.RegularExpressions;
using Lunatic.TestSupport;

namespace Lunatic.Cli.Tests;

/// <summary>A web application on a public framework (one process per request), run by the command.</summary>
[TestFixture]
public sealed partial class WebApplicationTests : CommandTestBase
{
    [Test]
    public async Task It_answers_as_it_does_elsewhere()
    {
        await UnpackAsync();
        await Tool.RunAsync(Folder, "", "curl", "--version");
        string command = $"dotnet {Path.Combine(TestContext.CurrentContext.TestDirectory, "lunatic.dll")}";
        string port = ServingCommand.FreePort().ToString(CultureInfo.InvariantCulture);
        CommandResult result = await Tool.RunAsync(Folder, "", "bash", "cases/webapp/check.sh", command, port);
        Assert.That(result.Output, Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(Folder, "cases/webapp/expected.stdout"))), result.Error);
    }

    [Test]
    public async Task Two_hundred_connections_lose_nothing()
    {
        await UnpackAsync();
        string address = $"127.0.0.1:{ServingCommand.FreePort()}";
        using LunaticCommand command = LunaticCommand.Start(Folder, "wasm/webapp.wasm", address);
        CommandResult ready = await Tool.RunAsync(Folder, "", "curl", "-s", "--retry", "50", "--retry-connrefused", "--retry-delay", "1", $"http://{address}/hello/you");
        Assert.That(ready.Output, Is.EqualTo("Hello, you!\n"), ready.Error);
        CommandResult result = await Tool.RunAsync(Folder, "", "wrk", "-t", "2", "-c", "200", "-d", "5s", "--timeout", "30s", $"http://{address}/hello/you");
        Match total = RequestsLine().Match(result.Output);
        Assert.That(total.Success, Is.True, result.ToString());
        Assert.That(int.Parse(total.Groups["count"].Value, CultureInfo.InvariantCulture), Is.GreaterThan(200), result.Output);
        // lines that are there when something went wrong
        Assert.That(result.Output, Does.Not.Contain("Socket errors").And.Not.Contain("Non-2xx"));
    }

    [GeneratedRegex(@"(?<count>\d+) requests in ")]
    private static partial Regex RequestsLine();

    private async Task UnpackAsync()
    {
        CommandResult result = await Tool.RunAsync(Folder, "", "tar", "xf", SharedFolder.Path("apps", "apps.tar.xz"));
        Assert.That(result.Status, Is.Zero, result.Error);
    }
}
