using System.Net;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>Opens TCP connections.</summary>
internal static class Connector
{
    /// <summary>A connection to an address.</summary>
    /// <exception cref="IOException">It cannot be reached; the text says why.</exception>
    public static async Task<TcpConnection> ConnectAsync(NetworkServices network, IPEndPoint address, CancellationToken cancellation) =>
        new(network, await OpenAsync(address, cancellation).ConfigureAwait(false));

    /// <summary>A socket that is connected to the first of some addresses that can be reached.</summary>
    public static async Task<Socket> OpenFirstAsync(AddressIterator addresses, CancellationToken cancellation)
    {
        while (true)
        {
            IPEndPoint address = addresses.Current ?? throw new IOException("the name has no addresses");
            addresses.MoveNext();
            try
            {
                return await OpenAsync(address, cancellation).ConfigureAwait(false);
            }
            catch (IOException) when (addresses.Current is not null && !cancellation.IsCancellationRequested)
            {
                // the next address may be better
            }
        }
    }

    private static async Task<Socket> OpenAsync(IPEndPoint address, CancellationToken cancellation)
    {
        try
        {
            Socket socket = Sockets.Open(address, SocketType.Stream);
            try
            {
                await socket.ConnectAsync(address, cancellation).ConfigureAwait(false);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (SocketException exception)
        {
            throw new IOException($"cannot connect to {address}: {exception.Message}", exception);
        }
    }
}
