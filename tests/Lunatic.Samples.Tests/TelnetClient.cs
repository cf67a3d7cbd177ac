using System.Net;
using System.Net.Sockets;

namespace Lunatic.Samples.Tests;

/// <summary>Lines over TCP.</summary>
internal sealed class TelnetClient : ChatClient
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;

    private TelnetClient(TcpClient client) => (_client, _reader) = (client, new StreamReader(client.GetStream()));

    public static async Task<TelnetClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Patience);
        return new TelnetClient(client);
    }

    public override async Task SayAsync(string line) => await _client.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\r\n"));

    public override void Dispose() => _client.Dispose();

    private protected override async Task<string?> ReadAsync(CancellationToken cancellationToken) => await _reader.ReadLineAsync(cancellationToken);
}
