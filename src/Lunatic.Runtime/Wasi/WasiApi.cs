using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>
/// <c>wasi_snapshot_preview1</c>: the 46 functions of WASI preview 1, after its witx. All but <c>proc_exit</c> return an <see cref="Errno"/>; pointers outside
/// the memory are <see cref="Errno.Fault"/>, pointers to structures that are not naturally aligned <see cref="Errno.Inval"/>; the places of
/// results are checked before anything happens. A guest without memory traps. Flags and enumerations with unknown bits are <see cref="Errno.Inval"/>.
/// </summary>
/// <remarks>
/// What can block is done by other threads, while the process waits (<see cref="DiskOperation"/>): whatever looks names up or changes a directory, a file's size or place, listing a
/// directory, storing, reads of files that the system has not in memory, writes that are stored at once or have more than 64 KiB. In place are other writes, which the system
/// takes into memory, and what concerns an open descriptor only. A worker that is held up there all the same is stood in for, as in any host function.
/// </remarks>
[HostNamespace("wasi_snapshot_preview1")]
internal static partial class WasiApi
{
    private static Errno ReadPath(WasiMemory memory, int pointer, int length, out byte[] path)
    {
        path = [];
        Errno error = memory.Range(pointer, (uint)length, out Span<byte> text);
        return error == Errno.Success ? GuestPath.TryCopy(text, out path) : error;
    }

    private static Errno ReadLookupFlags(int flags, out bool follow)
    {
        follow = (flags & 1) != 0;
        return (flags & ~1) == 0 ? Errno.Success : Errno.Inval;
    }

    private static Errno ReadTimes(ProcessContext context, long access, long modification, int flags, out Timespec newAccess, out Timespec newModification)
    {
        newAccess = newModification = Timespec.Omit;
        var given = (SetTimesFlags)(ushort)flags;
        if ((uint)flags > 15 || given.HasFlag(SetTimesFlags.Access | SetTimesFlags.AccessNow) || given.HasFlag(SetTimesFlags.Modification | SetTimesFlags.ModificationNow))
            return Errno.Inval;
        if ((given & (SetTimesFlags.Access | SetTimesFlags.AccessNow)) != 0)
            newAccess = Timespec.FromNanoseconds(given.HasFlag(SetTimesFlags.Access) ? (ulong)access : WasiClocks.Now(context.Services.Time));
        if ((given & (SetTimesFlags.Modification | SetTimesFlags.ModificationNow)) != 0)
            newModification = Timespec.FromNanoseconds(given.HasFlag(SetTimesFlags.Modification) ? (ulong)modification : WasiClocks.Now(context.Services.Time));
        return Errno.Success;
    }
}
