using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Messaging;

// Resources that travel in messages, by slots. A slot whose resource was taken stays empty, the others keep their numbers.
internal static partial class MessageApi
{
    /// <summary>Adds a module, which the caller keeps as well; returns its slot. Traps on an unknown id.</summary>
    [HostFunction("push_module")]
    public static long PushModule(ProcessContext context, long moduleId) =>
        context.TryFind(context.Resources.Modules, moduleId, "module", out LunaticModule? module) && context.TryGetData(out Message? message)
            ? message.Attach(module)
            : 0;

    /// <summary>Takes the module out of a slot; returns its new id. Traps when the slot holds none; what it holds stays there.</summary>
    [HostFunction("take_module")]
    public static long TakeModule(ProcessContext context, long slot) => Take(context, slot, context.Resources.Modules, "module");

    /// <summary>Moves a TCP stream into the message, away from the process; returns its slot. Traps on an unknown id.</summary>
    [HostFunction("push_tcp_stream")]
    public static long PushTcpStream(ProcessContext context, long streamId) => Push(context, streamId, context.Sockets.TcpStreams, "tcp stream");

    /// <summary>Takes the TCP stream out of a slot; returns its new id. Traps when the slot holds none; what it holds stays there.</summary>
    [HostFunction("take_tcp_stream")]
    public static long TakeTcpStream(ProcessContext context, long slot) => Take(context, slot, context.Sockets.TcpStreams, "tcp stream");

    /// <summary>Moves a TLS stream into the message, away from the process; returns its slot. Traps on an unknown id.</summary>
    [HostFunction("push_tls_stream")]
    public static long PushTlsStream(ProcessContext context, long streamId) => Push(context, streamId, context.Sockets.TlsStreams, "tls stream");

    /// <summary>Takes the TLS stream out of a slot; returns its new id. Traps when the slot holds none; what it holds stays there.</summary>
    [HostFunction("take_tls_stream")]
    public static long TakeTlsStream(ProcessContext context, long slot) => Take(context, slot, context.Sockets.TlsStreams, "tls stream");

    /// <summary>Moves a UDP socket into the message, away from the process; returns its slot. Traps on an unknown id.</summary>
    [HostFunction("push_udp_socket")]
    public static long PushUdpSocket(ProcessContext context, long socketId) => Push(context, socketId, context.Sockets.UdpSockets, "udp socket");

    /// <summary>Takes the UDP socket out of a slot; returns its new id. Traps when the slot holds none; what it holds stays there.</summary>
    [HostFunction("take_udp_socket")]
    public static long TakeUdpSocket(ProcessContext context, long slot) => Take(context, slot, context.Sockets.UdpSockets, "udp socket");

    // the message holds on to it in the place of the process
    private static long Push<T>(ProcessContext context, long id, ResourceTable<T> table, string kind) where T : class =>
        context.TryGetData(out Message? message) && context.TryTake(table, id, kind, out T? resource) ? message.Attach(resource) : 0;

    private static long Take<T>(ProcessContext context, long slot, ResourceTable<T> table, string kind) where T : class
    {
        if (!context.TryGetData(out Message? message))
            return 0;
        List<object?>? resources = message.Resources;
        if ((ulong)slot >= (ulong)(resources?.Count ?? 0) || resources![(int)slot] is not T resource)
            return context.Trap($"slot {(ulong)slot} of the message holds no {kind}");
        resources[(int)slot] = null;
        return table.Add(resource);
    }
}
