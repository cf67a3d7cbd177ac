using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Networking;

// Looking up names, and iterators over addresses.
internal static partial class NetworkingApi
{
    /// <summary>Looks up <c>host:port</c>: 0, an iterator's id is written; 1, an error's id; 9027, 0 is written. Traps on a bad pointer or text.</summary>
    [HostFunction("resolve")]
    public static int Resolve(ProcessContext context, int namePointer, int nameLength, long timeout, int idPointer)
    {
        if (!context.TryReadString(namePointer, nameLength, "name", out string name) || !context.CanWriteInt64(idPointer))
            return 0;
        NetworkServices network = context.Environment.Network;
        return TaskOperation<AddressIterator>.Begin(context, token => NameResolver.ResolveAsync(network, name).WaitAsync(token), timeout, (context, addresses, error) =>
        {
            if (addresses is not null)
                return context.Succeed(idPointer, context.Sockets.Addresses.Add(addresses));
            if (error is not null)
                return context.Fail(idPointer, error);
            context.TryWriteInt64(idPointer, 0);
            return TimedOut;
        });
    }

    /// <summary>Forgets an iterator.</summary>
    [HostFunction("drop_dns_iterator")]
    public static void DropIterator(ProcessContext context, long iteratorId) =>
        context.TryTake(context.Sockets.Addresses, iteratorId, "dns iterator", out _);

    /// <summary>Writes the iterator's next address (32-bit type, octets, 16-bit port, and for type 6 a 32-bit flow label, 0, and scope id): 0; or 1, there is none.</summary>
    [HostFunction("resolve_next")]
    public static int ResolveNext(ProcessContext context, long iteratorId, int typePointer, int octetsPointer, int portPointer, int flowPointer, int scopePointer) =>
        context.TryFind(context.Sockets.Addresses, iteratorId, "dns iterator", out AddressIterator? addresses)
            ? GuestAddress.WriteNext(context, addresses, typePointer, octetsPointer, portPointer, flowPointer, scopePointer)
            : 0;
}
