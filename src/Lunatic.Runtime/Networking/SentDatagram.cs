namespace Lunatic.Runtime.Networking;

/// <summary>A datagram that the system has taken.</summary>
/// <param name="Bytes">Its length.</param>
internal sealed record SentDatagram(int Bytes);
