using System.Text;
using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Error;

/// <summary><c>lunatic::error</c>: the texts of errors that other calls reported by id.</summary>
[HostNamespace("lunatic::error")]
internal static partial class ErrorApi
{
    /// <summary>Length of the error's text in bytes of UTF-8. Traps on an unknown id.</summary>
    [HostFunction("string_size")]
    public static int StringSize(ProcessContext context, long errorId) =>
        context.TryFind(context.Resources.Errors, errorId, "error", out string? text) ? Encoding.UTF8.GetByteCount(text) : 0;

    /// <summary>Writes the error's text, without a terminator. Traps on an unknown id or a bad pointer.</summary>
    [HostFunction("to_string")]
    public static void ToString(ProcessContext context, long errorId, int pointer)
    {
        if (!context.TryFind(context.Resources.Errors, errorId, "error", out string? text))
            return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (context.TryGetMemory(pointer, bytes.Length, out Span<byte> destination))
            bytes.CopyTo(destination);
    }

    /// <summary>Forgets the error. Traps on an unknown id.</summary>
    [HostFunction("drop")]
    public static void Drop(ProcessContext context, long errorId) =>
        context.TryTake(context.Resources.Errors, errorId, "error", out _);
}
