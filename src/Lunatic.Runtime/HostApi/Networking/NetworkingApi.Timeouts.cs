using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Networking;

// How long reads, writes and looks ahead take at most, in milliseconds; -1, as at first, for ever. A property of the connection: all its holders see the
// same. Calls that wait already keep the time that they began with.
internal static partial class NetworkingApi
{
    /// <summary>Sets the time of reads.</summary>
    [HostFunction("set_read_timeout")]
    public static void SetReadTimeout(ProcessContext context, long streamId, long timeout)
    {
        if (FindTcp(context, streamId) is { } connection)
            connection.ReadTimeout = timeout;
    }

    /// <summary>Sets the time of writes.</summary>
    [HostFunction("set_write_timeout")]
    public static void SetWriteTimeout(ProcessContext context, long streamId, long timeout)
    {
        if (FindTcp(context, streamId) is { } connection)
            connection.WriteTimeout = timeout;
    }

    /// <summary>Sets the time of looks ahead.</summary>
    [HostFunction("set_peek_timeout")]
    public static void SetPeekTimeout(ProcessContext context, long streamId, long timeout)
    {
        if (FindTcp(context, streamId) is { } connection)
            connection.PeekTimeout = timeout;
    }

    /// <summary>The time of reads.</summary>
    [HostFunction("get_read_timeout")]
    public static long GetReadTimeout(ProcessContext context, long streamId) => FindTcp(context, streamId)?.ReadTimeout ?? 0;

    /// <summary>The time of writes.</summary>
    [HostFunction("get_write_timeout")]
    public static long GetWriteTimeout(ProcessContext context, long streamId) => FindTcp(context, streamId)?.WriteTimeout ?? 0;

    /// <summary>The time of looks ahead.</summary>
    [HostFunction("get_peek_timeout")]
    public static long GetPeekTimeout(ProcessContext context, long streamId) => FindTcp(context, streamId)?.PeekTimeout ?? 0;

    /// <summary>Sets the time of reads.</summary>
    [HostFunction("set_tls_read_timeout")]
    public static void SetTlsReadTimeout(ProcessContext context, long streamId, long timeout)
    {
        if (FindTls(context, streamId) is { } connection)
            connection.ReadTimeout = timeout;
    }

    /// <summary>Sets the time of writes.</summary>
    [HostFunction("set_tls_write_timeout")]
    public static void SetTlsWriteTimeout(ProcessContext context, long streamId, long timeout)
    {
        if (FindTls(context, streamId) is { } connection)
            connection.WriteTimeout = timeout;
    }

    /// <summary>The time of reads.</summary>
    [HostFunction("get_tls_read_timeout")]
    public static long GetTlsReadTimeout(ProcessContext context, long streamId) => FindTls(context, streamId)?.ReadTimeout ?? 0;

    /// <summary>The time of writes.</summary>
    [HostFunction("get_tls_write_timeout")]
    public static long GetTlsWriteTimeout(ProcessContext context, long streamId) => FindTls(context, streamId)?.WriteTimeout ?? 0;

    // null after it made the call trap
    private static Connection? FindTcp(ProcessContext context, long id) => Find(context, context.Sockets.TcpStreams, id, TcpStream);

    private static Connection? FindTls(ProcessContext context, long id) => Find(context, context.Sockets.TlsStreams, id, TlsStream);

    private static T? Find<T>(ProcessContext context, ResourceTable<T> table, long id, string kind) where T : class =>
        context.TryFind(table, id, kind, out T? entry) ? entry : null;
}
