using System.Text;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Application;

/// <summary>Hands results of the application's host functions to the guest, besides numbers; called by compiled expressions. Bytes go into a buffer that two arguments name.</summary>
internal static unsafe class ApplicationResults
{
    /// <summary>Checks a buffer before anything is done that could not be told.</summary>
    public static void CheckBuffer(ProcessContext context, nint slots, int index) => ApplicationArguments.ReadSpan(context, slots, index);

    public static void WriteString(WasmCaller caller, nint slots, int index, string? value)
    {
        if (value is not null && Buffer(caller, slots, index, Encoding.UTF8.GetByteCount(value)) is { IsEmpty: false } buffer)
            Encoding.UTF8.GetBytes(value, buffer);
        ((ulong*)slots)[0] = value is null ? uint.MaxValue : (uint)Encoding.UTF8.GetByteCount(value);
    }

    public static void WriteBytes(WasmCaller caller, nint slots, int index, byte[]? value)
    {
        if (value is not null)
            WriteMemory(caller, slots, index, value);
        else
            ((ulong*)slots)[0] = uint.MaxValue;
    }

    public static void WriteMemory(WasmCaller caller, nint slots, int index, ReadOnlyMemory<byte> value)
    {
        if (Buffer(caller, slots, index, value.Length) is { IsEmpty: false } buffer)
            value.Span.CopyTo(buffer);
        ((ulong*)slots)[0] = (uint)value.Length;
    }

    public static void WriteProcessId(WasmCaller caller, nint slots, ProcessId value)
    {
        if (value.EnvironmentId != ProcessContext.Of(caller).Environment.Id)
            throw new InvalidOperationException($"Process {value} lives in another environment than the guest: guests know processes of their own only.");
        ((long*)slots)[0] = value.LocalId;
    }

    public static void WriteProcess(WasmCaller caller, nint slots, LunaticProcess? value) =>
        WriteProcessId(caller, slots, (value ?? throw new InvalidOperationException("The host function returned no process but null.")).Id);

    // Empty where the result does not fit. The range is checked anew: after a wait it is another call's view of the memory.
    private static Span<byte> Buffer(WasmCaller caller, nint slots, int index, int length)
    {
        Span<byte> buffer = ApplicationArguments.ReadSpan(ProcessContext.Of(caller), slots, index);
        return length <= buffer.Length ? buffer : default;
    }
}
