using System.Diagnostics;

namespace Lunatic.Packages.Tests;

/// <summary>The programs of the packages' readmes work in new applications that have nothing but the packages.</summary>
internal sealed class FreshApplicationTests
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_guest_says_hello_in_a_console_application()
    {
        FreshApplication application = await FreshApplication.BuildAsync("console", "hello", "Lunatic.Runtime");

        string output = await DotNetCommand.RunAsync(PackedPackages.Folder, application.Assembly);

        Assert.That(output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "hello from a guest", "returned", "all fuel is used" }));
    }

    [Test]
    public async Task The_engine_alone_calls_a_guest()
    {
        FreshApplication application = await FreshApplication.BuildAsync("console", "engine", "Lunatic.Wasm");

        string output = await DotNetCommand.RunAsync(PackedPackages.Folder, application.Assembly);

        Assert.That(output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "guest says 2", "5" }));
    }

    [Test]
    public async Task A_process_answers_a_request_in_a_web_application()
    {
        FreshApplication application = await FreshApplication.BuildAsync("web", "site", "Lunatic.Runtime.AspNetCore");
        using Process server = DotNetCommand.Start(PackedPackages.Folder, application.Assembly, "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await ReadAddressAsync(server), Timeout = Patience };

            Assert.That(await client.GetStringAsync("/hello"), Does.StartWith("hello from process "));
            Assert.That(await client.GetStringAsync("/health"), Is.EqualTo("Healthy"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<Uri> ReadAddressAsync(Process server)
    {
        using var patience = new CancellationTokenSource(Patience);
        var lines = new List<string>();
        while (await server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains(Listening, StringComparison.Ordinal))
                return new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
        }
        throw new AssertionException($"the application has ended without saying where it listens:\n{string.Join('\n', lines)}\n{await server.StandardError.ReadToEndAsync(patience.Token)}");
    }
}
