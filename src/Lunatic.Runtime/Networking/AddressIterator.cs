using System.Net;

namespace Lunatic.Runtime.Networking;

/// <summary>Addresses that a guest asks for one after the other.</summary>
internal sealed class AddressIterator(params IReadOnlyList<IPEndPoint> addresses)
{
    private int _next;

    /// <summary>The address that is next; null at the end.</summary>
    public IPEndPoint? Current => _next < addresses.Count ? addresses[_next] : null;

    /// <summary>Goes over to the next one.</summary>
    public void MoveNext() => _next++;
}
