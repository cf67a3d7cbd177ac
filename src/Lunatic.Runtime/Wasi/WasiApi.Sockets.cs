using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// sock_*: complete, since no descriptor is ever a socket (guests use lunatic::networking)
internal static partial class WasiApi
{
    /// <summary>No descriptor is a socket.</summary>
    [HostFunction("sock_accept")]
    public static int SockAccept(ProcessContext context, int fd, int flags, int accepted) => NoSocket(context, fd);

    /// <summary>No descriptor is a socket.</summary>
    [HostFunction("sock_recv")]
    public static int SockRecv(ProcessContext context, int fd, int buffers, int buffersLength, int flags, int received, int receivedFlags) =>
        NoSocket(context, fd);

    /// <summary>No descriptor is a socket.</summary>
    [HostFunction("sock_send")]
    public static int SockSend(ProcessContext context, int fd, int buffers, int buffersLength, int flags, int sent) => NoSocket(context, fd);

    /// <summary>No descriptor is a socket.</summary>
    [HostFunction("sock_shutdown")]
    public static int SockShutdown(ProcessContext context, int fd, int how) => NoSocket(context, fd);

    private static int NoSocket(ProcessContext context, int fd)
    {
        Errno error = context.Wasi.Descriptors.Get(fd, out _);
        return (int)(error == Errno.Success ? Errno.NotSock : error);
    }
}
