using System.Net.WebSockets;
using System.Text;

namespace Chat;

/// <summary>A browser: each message is a line.</summary>
internal sealed class WebSocketLine(WebSocket socket) : IChatLine, IDisposable
{
    private readonly byte[] _buffer = new byte[IChatLine.MaxLength];

    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        WebSocketReceiveResult result = await socket.ReceiveAsync(_buffer, cancellationToken);
        return result is { EndOfMessage: true, MessageType: WebSocketMessageType.Text } ? Encoding.UTF8.GetString(_buffer, 0, result.Count) : null;
    }

    public Task WriteAsync(string line, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    public void Dispose() => socket.Dispose();
}
