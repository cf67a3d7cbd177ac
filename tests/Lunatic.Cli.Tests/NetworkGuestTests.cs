using System.Net.Sockets;
using System.Text;
using Lunatic.TestSupport;

namespace Lunatic.Cli.Tests;

/// <summary>The guests of the shared folder that use the network, run by the command, with clients that know nothing of it.</summary>
[TestFixture]
public sealed class NetworkGuestTests : CommandTestBase
{
    private const int Clients = 300;

    private static string Guest(string name) => SharedFolder.Path("guests", name + ".wasm");

    [Test]
    public async Task Datagrams_are_exchanged()
    {
        CommandResult result = await RunAsync(Guest("udp"));
        Assert.That(result.Output, Is.EqualTo(await File.ReadAllTextAsync(SharedFolder.Path("guests", "expected", "udp.txt"))), result.Error);
        Assert.That(result.Status, Is.Zero, result.Error);
    }

    [Test]
    public async Task An_echo_server_answers_hundreds_at_once()
    {
        using LunaticCommand command = LunaticCommand.Start(Folder, Guest("echo"));
        int port = await command.ReadPortAsync();
        // all are connected before the first one speaks
        TcpClient[] clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ServingCommand.ConnectAsync(port)));
        await Task.WhenAll(clients.Select(TalkAsync)).WaitAsync(ServingCommand.Patience);
        foreach (TcpClient client in clients)
            client.Dispose();
    }

    [Test]
    public async Task A_chat_server_hands_on_what_is_said()
    {
        using LunaticCommand command = LunaticCommand.Start(Folder, Guest("chat"));
        int port = await command.ReadPortAsync();
        using TcpClient ann = await ServingCommand.ConnectAsync(port);
        using var annReads = new StreamReader(ann.GetStream());
        Assert.That(await ReadLineAsync(annReads), Is.EqualTo("* welcome guest1, 1 here"));
        using TcpClient bob = await ServingCommand.ConnectAsync(port);
        using var bobReads = new StreamReader(bob.GetStream());
        Assert.That(await ReadLineAsync(bobReads), Is.EqualTo("* welcome guest2, 2 here"));
        Assert.That(await ReadLineAsync(annReads), Is.EqualTo("* guest2 joined"));
        await SayAsync(ann, "/nick ann");
        Assert.That(await ReadLineAsync(bobReads), Is.EqualTo("* guest1 is now ann"));
        Assert.That(await ReadLineAsync(annReads), Is.EqualTo("* guest1 is now ann"));
        await SayAsync(bob, "hello");
        Assert.That(await ReadLineAsync(annReads), Is.EqualTo("<guest2> hello"));
        Assert.That(await ReadLineAsync(bobReads), Is.EqualTo("<guest2> hello"));
        await SayAsync(bob, "/who");
        Assert.That(await ReadLineAsync(bobReads), Is.EqualTo("* ann guest2"));
        await SayAsync(bob, "/quit");
        Assert.That(await ReadLineAsync(annReads), Is.EqualTo("* guest2 left"));
        Assert.That(await ReadLineAsync(bobReads), Is.Null, "the connection's end");
    }

    [Test]
    public async Task A_chat_server_serves_hundreds_at_once()
    {
        using LunaticCommand command = LunaticCommand.Start(Folder, Guest("chat"));
        int port = await command.ReadPortAsync();
        TcpClient[] clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ServingCommand.ConnectAsync(port)));
        StreamReader[] readers = [.. clients.Select(client => new StreamReader(client.GetStream()))];
        await Task.WhenAll(readers.Select(reader => WaitForLineAsync(reader, "* welcome")));
        await SayAsync(clients[0], "to all of you");
        await Task.WhenAll(readers.Select(reader => WaitForLineAsync(reader, "<guest"))).WaitAsync(ServingCommand.Patience);
        foreach (TcpClient client in clients)
            client.Dispose();
    }

    private static async Task TalkAsync(TcpClient client, int number)
    {
        NetworkStream stream = client.GetStream();
        byte[] sent = new byte[1 + (number * 97 % 20_000)];
        new Random(number).NextBytes(sent);
        byte[] received = new byte[sent.Length];
        for (int round = 0; round < 3; round++)
        {
            await stream.WriteAsync(sent);
            await stream.ReadExactlyAsync(received);
            Assert.That(received.AsSpan().SequenceEqual(sent), Is.True, $"what came back to client {number}");
        }
    }

    private static async Task WaitForLineAsync(StreamReader reader, string start)
    {
        while (true)
        {
            string? line = await ReadLineAsync(reader);
            if (line is null)
                Assert.Fail($"the connection ended before a line that starts with \"{start}\"");
            if (line!.StartsWith(start, StringComparison.Ordinal))
                return;
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader) => await reader.ReadLineAsync().WaitAsync(ServingCommand.Patience);

    private static async Task SayAsync(TcpClient client, string line) => await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
}
