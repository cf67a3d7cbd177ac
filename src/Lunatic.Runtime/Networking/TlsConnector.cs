using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Lunatic.Runtime.Networking;

/// <summary>Opens TLS connections.</summary>
internal static class TlsConnector
{
    /// <summary>Looks a host up, connects, and checks that the server is that host.</summary>
    /// <param name="network">What sockets have in common.</param>
    /// <param name="host">Its name or address, which the server's certificate must name.</param>
    /// <param name="port">Its port.</param>
    /// <param name="roots">Whom to trust; null: whom the system trusts.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<TlsConnection> ConnectAsync(
        NetworkServices network, string host, int port, X509Certificate2Collection? roots, CancellationToken cancellation)
    {
        AddressIterator addresses = await NameResolver.LookUpAsync(network, host, port).WaitAsync(cancellation).ConfigureAwait(false);
        Socket socket = await Connector.OpenFirstAsync(addresses, cancellation).ConfigureAwait(false);
        Sockets.Prepare(socket, isBlocking: true);
        var transport = new TlsTransport(socket);
        var stream = new SslStream(transport);
        try
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await stream.AuthenticateAsClientAsync(Options(host, roots), cancellation).ConfigureAwait(false);
            return new TlsConnection(network, transport, stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SslClientAuthenticationOptions Options(string host, X509Certificate2Collection? roots)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }
        return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy };
    }
}
