using System.Buffers.Binary;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>
/// The memory of the guest that calls. Unlike the functions of <c>lunatic::*</c>, which trap, those of WASI answer a pointer outside the memory with
/// <see cref="Errno.Fault"/>, and one to a structure that is not naturally aligned with <see cref="Errno.Inval"/>, as the reference does.
/// </summary>
internal readonly ref struct WasiMemory
{
    private readonly Span<byte> _bytes;

    public WasiMemory(Span<byte> bytes) => _bytes = bytes;

    /// <summary>The memory of the guest; false after the call was made to trap, because the guest exports none.</summary>
    public static bool TryGet(ProcessContext context, out WasiMemory memory)
    {
        memory = new WasiMemory(context.Caller.Memory);
        if (!memory._bytes.IsEmpty || context.Caller.HasMemory)
            return true;
        context.Trap("the module exports no memory named \"memory\", which functions of WASI need");
        return false;
    }

    /// <summary>A range of bytes; an empty one must lie inside, too.</summary>
    public Errno Range(int pointer, long length, out Span<byte> range)
    {
        range = default;
        long start = (uint)pointer;
        if ((ulong)length > (ulong)_bytes.Length || start + length > _bytes.Length)
            return Errno.Fault;
        range = _bytes.Slice((int)start, (int)length);
        return Errno.Success;
    }

    /// <summary>A structure, or an array of them.</summary>
    /// <param name="pointer">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="alignment">Of what its address must be a multiple.</param>
    /// <param name="range">Its place.</param>
    public Errno Structure(int pointer, long length, int alignment, out Span<byte> range)
    {
        Errno error = Range(pointer, length, out range);
        return error == Errno.Success && (uint)pointer % (uint)alignment != 0 ? Errno.Inval : error;
    }

    /// <summary>The place of a 32-bit result.</summary>
    public Errno Result32(int pointer, out Span<byte> place) => Structure(pointer, sizeof(uint), sizeof(uint), out place);

    /// <summary>The place of a 64-bit result.</summary>
    public Errno Result64(int pointer, out Span<byte> place) => Structure(pointer, sizeof(ulong), sizeof(ulong), out place);

    /// <summary>Fills the place of a 32-bit result.</summary>
    public static void Write(Span<byte> place, int value) => BinaryPrimitives.WriteInt32LittleEndian(place, value);

    /// <summary>Fills the place of a 64-bit result.</summary>
    public static void Write(Span<byte> place, long value) => BinaryPrimitives.WriteInt64LittleEndian(place, value);
}
