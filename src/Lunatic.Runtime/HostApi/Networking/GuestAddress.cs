using System.Buffers.Binary;
using System.Net;
using Lunatic.Runtime.Networking;

namespace Lunatic.Runtime.HostApi.Networking;

/// <summary>Addresses in guest memory: 4 octets for type 4 or 16 for type 6, in the order of the network. A flow label is neither passed on nor known.</summary>
internal static class GuestAddress
{
    private const int Version4 = 4;
    private const int Version6 = 6;
    private const int MaxOctets = 16;

    /// <summary>Reads an address. Traps on another type than 4 and 6, and on a bad pointer.</summary>
    /// <param name="context">The process.</param>
    /// <param name="type">4 or 6.</param>
    /// <param name="pointer">Where the octets are.</param>
    /// <param name="port">The port; cut to 16 bits.</param>
    /// <param name="scope">The scope id, of type 6.</param>
    /// <param name="address">The address.</param>
    public static bool TryRead(ProcessContext context, int type, int pointer, int port, int scope, out IPEndPoint address)
    {
        address = null!;
        if (type is not (Version4 or Version6))
        {
            context.Trap($"address type {(uint)type} is neither 4 nor 6");
            return false;
        }
        if (!context.TryGetMemory(pointer, type is Version4 ? 4 : MaxOctets, out Span<byte> octets))
            return false;
        address = new IPEndPoint(type is Version4 ? new IPAddress(octets) : new IPAddress(octets, (uint)scope), (ushort)port);
        return true;
    }

    /// <summary>Writes the address that is next; 1 at the end. Traps on a bad pointer, and the address stays the next one.</summary>
    public static int WriteNext(ProcessContext context, AddressIterator addresses, int typePointer, int octetsPointer, int portPointer, int flowPointer, int scopePointer)
    {
        if (addresses.Current is not { } next)
            return 1;
        Span<byte> written = stackalloc byte[MaxOctets];
        next.Address.TryWriteBytes(written, out int length);
        bool isVersion6 = length == MaxOctets;
        if (!context.TryGetMemory(typePointer, sizeof(int), out Span<byte> type)
            || !context.TryGetMemory(octetsPointer, length, out Span<byte> octets)
            || !context.TryGetMemory(portPointer, sizeof(ushort), out Span<byte> port))
        {
            return 0;
        }
        Span<byte> flow = default;
        Span<byte> scope = default;
        if (isVersion6 && (!context.TryGetMemory(flowPointer, sizeof(int), out flow) || !context.TryGetMemory(scopePointer, sizeof(int), out scope)))
            return 0;
        BinaryPrimitives.WriteInt32LittleEndian(type, isVersion6 ? Version6 : Version4);
        written[..length].CopyTo(octets);
        BinaryPrimitives.WriteUInt16LittleEndian(port, (ushort)next.Port);
        if (isVersion6)
        {
            BinaryPrimitives.WriteInt32LittleEndian(flow, 0);
            BinaryPrimitives.WriteUInt32LittleEndian(scope, (uint)next.Address.ScopeId);
        }
        addresses.MoveNext();
        return 0;
    }
}
