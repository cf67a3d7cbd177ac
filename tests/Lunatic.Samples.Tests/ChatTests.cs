using System.Diagnostics;
using System.Globalization;

namespace Lunatic.Samples.Tests;

/// <summary>The chat as a child process, with a browser's and telnet clients in its room.</summary>
internal sealed class ChatTests
{
    private Process _server = null!;
    private Uri _site = null!;
    private int _telnetPort;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, "Chat.dll"), "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        _server = Process.Start(start)!;
        string telnet = await ReadPastAsync("Telnet clients connect to ");
        _telnetPort = int.Parse(telnet.TrimEnd('.').Split(':')[1], CultureInfo.InvariantCulture);
        _site = new Uri(await ReadPastAsync("Now listening on: "));
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _server.Kill();
        _server.Dispose();
    }

    [Test]
    public async Task Browsers_and_telnet_clients_are_in_one_room()
    {
        using ChatClient joe = await EnterByTelnetAsync("Joe");
        using ChatClient mike = await EnterByWebSocketAsync("Mike");
        await joe.ReadUntilAsync("* Mike is here, with 1 others");

        await mike.SayAsync("hello");
        await joe.ReadUntilAsync("Mike: hello");
        await joe.SayAsync("good morning");
        await mike.ReadUntilAsync("Joe: good morning");

        // the connection is cut
        mike.Dispose();
        await joe.ReadUntilAsync("* Mike has left");
    }

    [Test]
    public async Task The_dashboard_shows_who_is_there()
    {
        using HttpClient browser = new() { BaseAddress = _site };

        Assert.That(await browser.GetStringAsync("lunatic/"), Does.Contain("dashboard.js"));
        Assert.That(await browser.GetStringAsync("lunatic/api/processes?search=dice"), Does.Contain("\"module\":\"dice\""));
    }

    [Test]
    public async Task A_crash_of_the_dice_does_not_end_the_chat()
    {
        using ChatClient client = await EnterByTelnetAsync("Robert");
        await client.SayAsync("/roll 6");
        Assert.That(await client.ReadUntilAsync("* the dice: "), Does.Match("^\\* the dice: [1-6]$"));

        await client.SayAsync("/roll 0");
        await client.ReadUntilAsync("Robert: /roll 0");
        await client.ReadUntilAsync("* the dice are back");
        await client.SayAsync("/roll 1");
        Assert.That(await client.ReadUntilAsync("* the dice: "), Is.EqualTo("* the dice: 1"));
    }

    [Test]
    public async Task The_page_is_served()
    {
        using var client = new HttpClient { BaseAddress = _site };

        Assert.That(await client.GetStringAsync("/"), Does.Contain("new WebSocket("));
        Assert.That((await client.GetAsync("/chat")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.BadRequest));
    }

    private async Task<ChatClient> EnterByTelnetAsync(string nick) => await EnterAsync(await TelnetClient.ConnectAsync(_telnetPort), nick);

    private async Task<ChatClient> EnterByWebSocketAsync(string nick) =>
        await EnterAsync(await BrowserClient.ConnectAsync(new UriBuilder(_site) { Scheme = "ws", Path = "/chat" }.Uri), nick);

    private static async Task<ChatClient> EnterAsync(ChatClient client, string nick)
    {
        await client.ReadUntilAsync("* who are you?");
        await client.SayAsync(nick);
        await client.ReadUntilAsync($"* {nick} is here");
        return client;
    }

    private async Task<string> ReadPastAsync(string text)
    {
        using var patience = new CancellationTokenSource(ChatClient.Patience);
        while (await _server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line[(line.IndexOf(text, StringComparison.Ordinal) + text.Length)..];
        }
        throw new AssertionException($"the chat has ended without saying '{text}'");
    }
}
