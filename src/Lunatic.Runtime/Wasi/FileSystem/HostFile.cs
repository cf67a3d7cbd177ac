using System.Runtime.InteropServices;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>An open file of the host. The system keeps its offset.</summary>
internal sealed class HostFile : IDisposable
{
    private readonly DescriptorHandle _handle;
    private readonly int _openFlags;

    public HostFile(DescriptorHandle handle, FileType type, int openFlags)
    {
        _handle = handle;
        _openFlags = openFlags;
        Type = type;
    }

    /// <summary>The kind of file.</summary>
    public FileType Type { get; }

    /// <summary>Reads at the offset and moves it; 0 bytes at the end.</summary>
    public Errno Read(Span<byte> buffer, out int count)
    {
        nint length;
        do
            length = LinuxCalls.Read(_handle, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
        while (WasInterrupted(length));
        return Counted(length, out count);
    }

    /// <summary>Reads at <paramref name="offset"/>.</summary>
    public Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        nint length;
        do
            length = LinuxCalls.ReadAt(_handle, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, offset);
        while (WasInterrupted(length));
        return Counted(length, out count);
    }

    /// <summary>Whether writes return only when they are stored.</summary>
    public bool StoresAtOnce => (_openFlags & (LinuxFlags.Sync | LinuxFlags.DSync)) != 0;

    /// <summary>Reads as far as the system has the file in memory, at the offset, which moves, or at <paramref name="offset"/>.</summary>
    /// <returns>False: nothing is there at once, or the file system cannot tell; nothing is read.</returns>
    public bool TryReadNow(ReadOnlySpan<IoVector> targets, long? offset, out Errno error, out int count)
    {
        error = Errno.Success;
        count = 0;
        if (targets.IsEmpty)
            return true;
        if (offset < 0)
        {
            error = Errno.Inval;
            return true;
        }
        nint length;
        do
            length = LinuxCalls.ReadVectors(_handle, in targets[0], targets.Length, offset ?? LinuxCalls.CurrentOffset, LinuxFlags.NoWait);
        while (WasInterrupted(length));
        if (length < 0 && Marshal.GetLastPInvokeError() is LinuxErrors.TryAgain or LinuxErrors.NotSupported)
            return false;
        error = Counted(length, out count);
        return true;
    }

    /// <summary>Writes pieces of memory as one, at the offset, which moves, or at <paramref name="offset"/>.</summary>
    public Errno Write(ReadOnlySpan<IoVector> pieces, long? offset, out int count)
    {
        count = 0;
        if (pieces.IsEmpty)
            return Errno.Success;
        if (offset < 0)
            return Errno.Inval;
        nint length;
        do
            length = LinuxCalls.WriteVectors(_handle, in pieces[0], pieces.Length, offset ?? LinuxCalls.CurrentOffset, 0);
        while (WasInterrupted(length));
        return Counted(length, out count);
    }

    /// <summary>Writes at the offset and moves it.</summary>
    public Errno Write(ReadOnlySpan<byte> data, out int count)
    {
        nint length;
        do
            length = LinuxCalls.Write(_handle, in MemoryMarshal.GetReference(data), (nuint)data.Length);
        while (WasInterrupted(length));
        return Counted(length, out count);
    }

    /// <summary>Writes at <paramref name="offset"/>; to the end if the file was opened for appending, as Linux does.</summary>
    public Errno WriteAt(ReadOnlySpan<byte> data, long offset, out int count)
    {
        nint length;
        do
            length = LinuxCalls.WriteAt(_handle, in MemoryMarshal.GetReference(data), (nuint)data.Length, offset);
        while (WasInterrupted(length));
        return Counted(length, out count);
    }

    /// <summary>Moves the offset.</summary>
    public Errno Seek(long offset, Whence whence, out long position)
    {
        // SEEK_SET, SEEK_CUR, SEEK_END have the same numbers
        position = LinuxCalls.Seek(_handle, offset, (int)whence);
        return LinuxErrors.Check(position);
    }

    /// <summary>What is known about the file.</summary>
    public Errno GetStatus(out FileStatus status)
    {
        Errno error = HostDirectory.GetStatus(_handle, out Statx found);
        status = error == Errno.Success ? found.ToStatus() : default;
        return error;
    }

    /// <summary>Sets the size; new bytes are zero.</summary>
    public Errno SetSize(long size) => LinuxErrors.Check(LinuxCalls.Truncate(_handle, size));

    /// <summary>Makes sure that a range has its place on the disk; the file grows to its end if it is shorter.</summary>
    public Errno Allocate(long offset, long length) => LinuxErrors.Check(LinuxCalls.Allocate(_handle, 0, offset, length));

    /// <summary>Tells the system how a range will be used.</summary>
    /// <param name="offset">Start of the range.</param>
    /// <param name="length">Its length; 0 means up to the end.</param>
    /// <param name="advice">POSIX_FADV_… of Linux.</param>
    public Errno Advise(long offset, long length, int advice) => LinuxErrors.Map(LinuxCalls.Advise(_handle, offset, length, advice));

    /// <summary>Sets access and modification time.</summary>
    public Errno SetTimes(Timespec access, Timespec modification)
    {
        ReadOnlySpan<Timespec> times = [access, modification];
        return LinuxErrors.Check(LinuxCalls.SetTimes(_handle, in times[0]));
    }

    /// <summary>Turns appending on or off; calls that would wait stay forbidden whatever the guest wishes.</summary>
    public Errno SetAppend(bool append) =>
        LinuxErrors.Check(LinuxCalls.Control(
            _handle, LinuxFlags.SetStatusFlags, (_openFlags & ~LinuxFlags.Append) | LinuxFlags.NonBlock | (append ? LinuxFlags.Append : 0)));

    /// <summary>Waits until data, and with <paramref name="metadata"/> everything known about the file, is stored.</summary>
    public Errno Sync(bool metadata) => LinuxErrors.Check(metadata ? LinuxCalls.Sync(_handle) : LinuxCalls.DataSync(_handle));

    /// <summary>Closes it.</summary>
    public void Dispose() => _handle.Dispose();

    private static bool WasInterrupted(nint length) => length < 0 && Marshal.GetLastPInvokeError() == LinuxErrors.Interrupted;

    private static Errno Counted(nint length, out int count)
    {
        count = length < 0 ? 0 : (int)length;
        return LinuxErrors.Check(length);
    }
}
