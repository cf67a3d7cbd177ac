using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lunatic.Runtime.Networking;

/// <summary>Looks up names.</summary>
internal static class NameResolver
{
    /// <summary>The addresses of <c>host:port</c>, where the host is a name or an address (one of IPv6 in brackets).</summary>
    public static Task<AddressIterator> ResolveAsync(NetworkServices network, string hostAndPort)
    {
        int colon = hostAndPort.LastIndexOf(':');
        if (colon < 0)
            return Task.FromException<AddressIterator>(new ArgumentException($"invalid socket address: \"{hostAndPort}\" has no port"));
        if (!ushort.TryParse(hostAndPort.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return Task.FromException<AddressIterator>(new ArgumentException($"invalid port value in \"{hostAndPort}\""));
        string host = hostAndPort[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        return LookUpAsync(network, host, port);
    }

    /// <summary>The addresses of a host.</summary>
    public static Task<AddressIterator> LookUpAsync(NetworkServices network, string host, int port)
    {
        if (IPAddress.TryParse(host, out IPAddress? address) && IsWhole(host, address))
            return Task.FromResult(new AddressIterator(new IPEndPoint(address, port)));
        var found = new TaskCompletionSource<AddressIterator>(TaskCreationOptions.RunContinuationsAsynchronously);
        network.RunBlocking(() =>
        {
            try
            {
                IPAddress[] addresses = host.Length == 0 ? throw new ArgumentException("the name of the host is empty") : Dns.GetHostAddresses(host);
                found.SetResult(new AddressIterator([.. addresses.Select(address => new IPEndPoint(address, port))]));
            }
            catch (SocketException exception)
            {
                found.SetException(new IOException($"cannot look up \"{host}\": {exception.Message}"));
            }
            catch (Exception exception)
            {
                // the guest that waits is told
                found.SetException(exception);
            }
        });
        return found.Task;
    }

    // "1" and "1.2" are no addresses to most people
    private static bool IsWhole(string host, IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 || host.Count(letter => letter == '.') == 3;
}
