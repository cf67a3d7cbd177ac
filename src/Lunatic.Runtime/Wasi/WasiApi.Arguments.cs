using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// args_*, environ_*
internal static partial class WasiApi
{
    /// <summary>Writes the addresses of the arguments (32 bits each) and, to <paramref name="buffer"/>, the zero-terminated arguments.</summary>
    [HostFunction("args_get")]
    public static int ArgsGet(ProcessContext context, int argv, int buffer) => GetStrings(context, context.Wasi.Surroundings.Arguments, argv, buffer);

    /// <summary>Writes the number of arguments and the bytes that they need, 32 bits each.</summary>
    [HostFunction("args_sizes_get")]
    public static int ArgsSizesGet(ProcessContext context, int count, int bytes) =>
        GetStringSizes(context, context.Wasi.Surroundings.Arguments, count, bytes);

    /// <summary>Writes the addresses of the environment variables (32 bits each) and the zero-terminated variables, <c>NAME=VALUE</c>.</summary>
    [HostFunction("environ_get")]
    public static int EnvironGet(ProcessContext context, int environ, int buffer) =>
        GetStrings(context, context.Wasi.Surroundings.Variables, environ, buffer);

    /// <summary>Writes the number of environment variables and the bytes that they need, 32 bits each.</summary>
    [HostFunction("environ_sizes_get")]
    public static int EnvironSizesGet(ProcessContext context, int count, int bytes) =>
        GetStringSizes(context, context.Wasi.Surroundings.Variables, count, bytes);

    private static int GetStrings(ProcessContext context, StringTable strings, int pointers, int buffer)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = memory.Structure(pointers, (long)strings.Count * sizeof(uint), sizeof(uint), out Span<byte> addresses);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Range(buffer, strings.TotalBytes, out Span<byte> bytes);
        if (error == Errno.Success)
            strings.Write(addresses, bytes, (uint)buffer);
        return (int)error;
    }

    private static int GetStringSizes(ProcessContext context, StringTable strings, int count, int bytes)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        Errno error = memory.Result32(count, out Span<byte> countPlace);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Result32(bytes, out Span<byte> bytesPlace);
        if (error != Errno.Success)
            return (int)error;
        WasiMemory.Write(countPlace, strings.Count);
        WasiMemory.Write(bytesPlace, strings.TotalBytes);
        return 0;
    }
}
