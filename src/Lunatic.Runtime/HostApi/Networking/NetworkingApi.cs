using System.Net;
using System.Net.Sockets;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Resources;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>
/// <c>lunatic::networking</c>: names, TCP, TLS and UDP, a file each. Addresses come as type (4 or 6), pointer to octets, port, flow label, scope id, and go
/// out by iterators. Results: 0, an id or a count (64 bits) is written; 1, an error's id is written at the same place; 9027, the time is over and nothing is
/// written. Times are in milliseconds; all ones means for ever. Unknown ids, bad pointers and address types trap.
/// </summary>
[HostNamespace("lunatic::networking")]
internal static partial class NetworkingApi
{
    private const int TimedOut = ReceiveOperation.TimedOut;

    // of what is kept in tables under the id that is written
    private static int Open<T>(ProcessContext context, int pointer, ResourceTable<T> table, Func<T> open) where T : class
    {
        if (context.Environment.Network.Refusal is { } refusal)
            return context.Fail(pointer, refusal);
        try
        {
            return context.Succeed(pointer, table.Add(open()));
        }
        catch (Exception exception) when (NetworkErrors.IsExpected(exception))
        {
            return context.Fail(pointer, NetworkErrors.TextOf(exception));
        }
    }

    // a connection that was asked for: it is there, or there is an error, or the time is over
    private static int FinishConnecting<T>(ProcessContext context, int pointer, ResourceTable<T> table, T? connection, string? error) where T : class =>
        connection is not null ? context.Succeed(pointer, table.Add(connection))
        : error is not null ? context.Fail(pointer, error)
        : TimedOut;

    private static int Describe(ProcessContext context, int pointer, Func<IPEndPoint> address)
    {
        if (!context.CanWriteInt64(pointer))
            return 0;
        try
        {
            return context.Succeed(pointer, address());
        }
        catch (SocketException exception)
        {
            return context.Fail(pointer, exception.Message);
        }
    }

    private static void Drop<T>(ProcessContext context, ResourceTable<T> table, long id, string kind) where T : class, IDisposable
    {
        if (context.TryTake(table, id, kind, out T? entry))
            entry.Dispose();
    }

    private static long Clone<T>(ProcessContext context, ResourceTable<T> table, long id, string kind) where T : SharedSocket
    {
        if (!context.TryFind(table, id, kind, out T? entry))
            return 0;
        entry.Share();
        return table.Add(entry);
    }
}
