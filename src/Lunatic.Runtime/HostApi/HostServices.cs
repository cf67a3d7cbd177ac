using System.Security.Cryptography;
using Lunatic.Runtime.HostApi.Metrics;
using Lunatic.Runtime.Networking;
using Microsoft.Extensions.Logging;

namespace Lunatic.Runtime.HostApi;

/// <summary>What host functions use of the outside world; injected, so that tests are deterministic. One per runtime.</summary>
/// <param name="Time">Clocks and timers.</param>
/// <param name="Logger">Where failures of guests and of the host are told.</param>
/// <param name="Random">Random bytes for guests.</param>
/// <param name="Metrics">The instruments that guests feed.</param>
/// <param name="Network">What the sockets of guests have in common.</param>
internal sealed record HostServices(TimeProvider Time, ILogger Logger, RandomNumberGenerator Random, GuestMetrics Metrics, NetworkServices Network) : IDisposable
{
    /// <summary>What the names of processes are made with (<c>lunatic::process::id</c> of the old generation): nobody can guess those of others.</summary>
    public byte[] IdSecret { get; } = CreateSecret(Random);

    /// <inheritdoc/>
    public void Dispose()
    {
        Random.Dispose();
        Metrics.Dispose();
    }

    private static byte[] CreateSecret(RandomNumberGenerator random)
    {
        byte[] secret = new byte[32];
        random.GetBytes(secret);
        return secret;
    }
}
