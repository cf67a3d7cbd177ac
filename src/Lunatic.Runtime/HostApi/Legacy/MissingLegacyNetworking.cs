using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary><c>lunatic::networking</c> of the old generation. Not there yet; guests that import it link, and a call traps.</summary>
internal static class MissingLegacyNetworking
{
    /// <summary>The functions of this namespace, to be linked to guests.</summary>
    public static HostNamespace CreateTable() => MissingNamespace.Create(
        "lunatic::networking",
        ("resolve", "iiii→i"),
        ("drop_dns_iterator", "l"),
        ("resolve_next", "liiiii→i"),
        ("tcp_bind", "iiiiii→i"),
        ("drop_tcp_listener", "l"),
        ("local_addr", "li→i"),
        ("tcp_accept", "lii→i"),
        ("tcp_connect", "iiiiiii→i"),
        ("drop_tcp_stream", "l"),
        ("clone_tcp_stream", "l→l"),
        ("tcp_write_vectored", "liiii→i"),
        ("tcp_read", "liiii→i"),
        ("tcp_flush", "li→i"));
}
