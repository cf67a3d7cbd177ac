using Lunatic.Runtime.Networking;

namespace Lunatic.Runtime.Resources;

/// <summary>The sockets and addresses that a guest process holds by id.</summary>
/// <param name="budget">What all tables of the process may hold together.</param>
internal sealed class SocketTables(ResourceBudget budget)
{
    /// <summary>Addresses that were looked up or asked for.</summary>
    public ResourceTable<AddressIterator> Addresses { get; } = new(budget);

    /// <summary>Listeners of TCP.</summary>
    public ResourceTable<TcpAcceptor> TcpListeners { get; } = new(budget);

    /// <summary>Connections of TCP.</summary>
    public ResourceTable<TcpConnection> TcpStreams { get; } = new(budget);

    /// <summary>Listeners of TLS.</summary>
    public ResourceTable<TlsAcceptor> TlsListeners { get; } = new(budget);

    /// <summary>Connections of TLS.</summary>
    public ResourceTable<TlsConnection> TlsStreams { get; } = new(budget);

    /// <summary>Sockets of UDP.</summary>
    public ResourceTable<UdpChannel> UdpSockets { get; } = new(budget);

    /// <summary>Number of entries in all tables.</summary>
    public int Count => Addresses.Count + TcpListeners.Count + TcpStreams.Count + TlsListeners.Count + TlsStreams.Count + UdpSockets.Count;

    /// <summary>Lets everything go.</summary>
    public void Release()
    {
        Addresses.Clear();
        Release(TcpListeners);
        Release(TcpStreams);
        Release(TlsListeners);
        Release(TlsStreams);
        Release(UdpSockets);
    }

    private static void Release<T>(ResourceTable<T> table) where T : class, IDisposable
    {
        foreach (T entry in table.Values)
            entry.Dispose();
        table.Clear();
    }
}
