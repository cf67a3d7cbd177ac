namespace Lunatic.Runtime.Networking;

/// <summary>What came of a connection that a TLS listener accepted.</summary>
/// <param name="Connection">The connection; null when the handshake failed.</param>
/// <param name="Error">Why it failed.</param>
internal readonly record struct TlsArrival(TlsConnection? Connection, string? Error);
