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
/// <param name="network">What the sockets of guests have in common.</param>
internal sealed record HostServices(TimeProvider Time, ILogger Logger, RandomNumberGenerator Random, GuestMetrics Metrics, NetworkServices network) : IDisposable
{
    /// <summary>What the names of processes are made with (<c>lunatic::process::id</c> of the old generation): nobody can guess those of others.</summary>
    public byte[] IdSecret { get; } = CreateSecret(Random);

    /// <summary>Why guests can have no sockets; null: they can.</summary>
    public string? NetworkRefusal { get; init; }

    /// <summary>What the sockets of guests have in common.</summary>
    /// <exception cref="InvalidOperationException">There are no sockets here: the guest traps.</exception>
    public NetworkServices Network => NetworkRefusal is null ? network : throw new InvalidOperationException(NetworkRefusal);

    /// <summary>Waits until no connection closes any more.</summary>
    public Task DrainNetworkAsync() => network.DrainAsync();

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
