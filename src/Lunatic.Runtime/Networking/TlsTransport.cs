using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>The bytes below TLS. It knows whether the peer has closed the connection, so that an end by TLS can be told from one that anybody could have brought about.</summary>
internal sealed class TlsTransport(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>The socket.</summary>
    public Socket Connected => Socket;

    /// <summary>Whether the peer has closed the connection below TLS.</summary>
    public bool HasEnded { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count == 0 && !buffer.IsEmpty)
            HasEnded = true;
        return count;
    }
}
