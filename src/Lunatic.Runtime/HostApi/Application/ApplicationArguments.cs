using System.Text;

namespace Lunatic.Runtime.HostApi.Application;

/// <summary>
/// Reads what a guest passes to a host function of the application, besides numbers. Called by compiled expressions: <c>slots</c> are those of the call in the frame stack, as
/// many as the function's type has, and <c>index</c> is the first one of the argument.
/// </summary>
internal static unsafe class ApplicationArguments
{
    /// <summary>A range of guest memory, itself.</summary>
    public static Span<byte> ReadSpan(ProcessContext context, nint slots, int index)
    {
        uint pointer = (uint)((ulong*)slots)[index];
        uint length = (uint)((ulong*)slots)[index + 1];
        return context.Caller.TryGetMemory(pointer, length, out Span<byte> bytes)
            ? bytes
            : throw new GuestMistakeException($"pointer 0x{pointer:x} with length {length} lies outside the memory of {context.Caller.MemoryLength} bytes");
    }

    public static ReadOnlySpan<byte> ReadReadOnlySpan(ProcessContext context, nint slots, int index) => ReadSpan(context, slots, index);

    public static byte[] ReadBytes(ProcessContext context, nint slots, int index) => ReadSpan(context, slots, index).ToArray();

    public static ReadOnlyMemory<byte> ReadMemory(ProcessContext context, nint slots, int index) => ReadBytes(context, slots, index);

    public static string ReadString(ProcessContext context, nint slots, int index)
    {
        Span<byte> bytes = ReadSpan(context, slots, index);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new GuestMistakeException($"the text at pointer 0x{(uint)((ulong*)slots)[index]:x} ({bytes.Length} bytes) is not valid UTF-8");
    }

    public static ProcessId ReadProcessId(ProcessContext context, nint slots, int index) => context.IdOf(((long*)slots)[index]);

    public static LunaticProcess? FindProcess(ProcessContext context, nint slots, int index) => context.Environment.Find(((long*)slots)[index]);

    public static LunaticProcess ReadProcess(ProcessContext context, nint slots, int index) =>
        FindProcess(context, slots, index) ?? throw new GuestMistakeException($"there is no process with id {((ulong*)slots)[index]}");
}
