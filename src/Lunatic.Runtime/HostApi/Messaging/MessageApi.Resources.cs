using Lunatic.Runtime.HostApi.Binding;

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
    public static long TakeModule(ProcessContext context, long slot)
    {
        if (!context.TryGetData(out Message? message))
            return 0;
        List<object?>? resources = message.Resources;
        if ((ulong)slot >= (ulong)(resources?.Count ?? 0) || resources![(int)slot] is not LunaticModule module)
            return context.Trap($"slot {(ulong)slot} of the message holds no module");
        resources[(int)slot] = null;
        return context.Resources.Modules.Add(module);
    }

    /// <summary>Moves a TCP stream into the message: traps, not there yet.</summary>
    [HostFunction("push_tcp_stream")]
    public static long PushTcpStream(ProcessContext context, long streamId) => NoNetworking(context);

    /// <summary>Takes a TCP stream out of the message: traps, not there yet.</summary>
    [HostFunction("take_tcp_stream")]
    public static long TakeTcpStream(ProcessContext context, long slot) => NoNetworking(context);

    /// <summary>Moves a TLS stream into the message: traps, not there yet.</summary>
    [HostFunction("push_tls_stream")]
    public static long PushTlsStream(ProcessContext context, long streamId) => NoNetworking(context);

    /// <summary>Takes a TLS stream out of the message: traps, not there yet.</summary>
    [HostFunction("take_tls_stream")]
    public static long TakeTlsStream(ProcessContext context, long slot) => NoNetworking(context);

    /// <summary>Moves a UDP socket into the message: traps, not there yet.</summary>
    [HostFunction("push_udp_socket")]
    public static long PushUdpSocket(ProcessContext context, long socketId) => NoNetworking(context);

    /// <summary>Takes a UDP socket out of the message: traps, not there yet.</summary>
    [HostFunction("take_udp_socket")]
    public static long TakeUdpSocket(ProcessContext context, long slot) => NoNetworking(context);

    private static int NoNetworking(ProcessContext context) =>
        context.Trap("not there yet: this version of Lunatic for .NET provides no lunatic::networking");
}
