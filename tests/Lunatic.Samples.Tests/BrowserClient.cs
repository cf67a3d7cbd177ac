using System.Net.WebSockets;
using System.Text;

namespace Lunatic.Samples.Tests;

/// <summary>Messages over a WebSocket, as the page sends them.</summary>
internal sealed class BrowserClient : ChatClient
{
    private readonly ClientWebSocket _socket;
    private readonly byte[] _buffer = new byte[4096];

    private BrowserClient(ClientWebSocket socket) => _socket = socket;

    public static async Task<BrowserClient> ConnectAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, CancellationToken.None).WaitAsync(Patience);
        return new BrowserClient(socket);
    }

    public override Task SayAsync(string line) => _socket.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public override void Dispose() => _socket.Dispose();

    private protected override async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        WebSocketReceiveResult result = await _socket.ReceiveAsync(_buffer, cancellationToken);
        return result.MessageType is WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(_buffer, 0, result.Count);
    }
}
