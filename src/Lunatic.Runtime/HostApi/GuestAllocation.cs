using System.Buffers;
using System.Buffers.Binary;
using Lunatic.Runtime.Serialization.Bincode;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>
/// Hands a guest data of a size that it cannot know: calls its export <c>lunatic_alloc</c>, copies the data to the address that this gives, writes the length
/// (32 bits) where the guest asked for it, and gives the address as the host function's result.
/// </summary>
internal sealed class GuestAllocation : GuestCall
{
    private const string Export = "lunatic_alloc";
    private static readonly WasmFunctionType CalleeType = WasmFunctionType.Get([WasmValueType.I32], [WasmValueType.I32]);

    private readonly byte[] _data;
    private readonly int _lengthPointer;

    private GuestAllocation(byte[] data, int lengthPointer) => (_data, _lengthPointer) = (data, lengthPointer);

    /// <summary>Begins it, as the last act of a host function. Traps on a bad pointer and when the export is missing or of another type.</summary>
    public static int Give(ProcessContext context, byte[] data, int lengthPointer)
    {
        if (!context.TryGetMemory(lengthPointer, sizeof(int), out _))
            return 0;
        if (context.Caller.Instance.GetFunction(Export) is not { } allocate || allocate.Type != CalleeType)
            return context.Trap($"the module exports no function \"{Export}\" of type {CalleeType}, which the results need");
        context.Caller.CallGuest(allocate, [(uint)data.Length], new GuestAllocation(data, lengthPointer));
        return 0;
    }

    /// <summary>The same for data in bincode.</summary>
    /// <param name="context">The process.</param>
    /// <param name="lengthPointer">Where the length is to be written.</param>
    /// <param name="write">Writes the data.</param>
    public static int Give(ProcessContext context, int lengthPointer, Action<BincodeWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new BincodeWriter();
        writer.Begin(buffer);
        write(writer);
        return Give(context, buffer.WrittenSpan.ToArray(), lengthPointer);
    }

    protected internal override void Returned(WasmCaller caller, ReadOnlySpan<ulong> results, Span<ulong> slots)
    {
        var context = ProcessContext.Of(caller);
        int address = (int)results[0];
        if (!context.TryGetMemory(address, _data.Length, out Span<byte> target) || !context.TryGetMemory(_lengthPointer, sizeof(int), out Span<byte> length))
            return;
        _data.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(length, _data.Length);
        slots[0] = (uint)address;
    }
}
