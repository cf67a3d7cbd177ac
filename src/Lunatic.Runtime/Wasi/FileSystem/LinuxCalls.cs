using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>
/// The calls of a 64-bit Linux's C library that files need. Every path is the first byte of a text that ends with a zero byte: callers pass
/// what <see cref="GuestPath"/> and <see cref="ZeroTerminated"/> made. Buffers are passed as their first byte and length. A negative result
/// means that <see cref="LinuxErrors.Last"/> has the reason.
/// </summary>
internal static partial class LinuxCalls
{
    /// <summary>Whether these calls exist here.</summary>
    public static bool AreSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The offset of <see cref="ReadVectors"/> and <see cref="WriteVectors"/> that stands for the file's own, which moves.</summary>
    public const long CurrentOffset = -1;

    // variadic in C; on 64-bit Linux such arguments are passed as all others
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial DescriptorHandle OpenAt2(long call, DescriptorHandle directory, in byte path, in OpenHow how, nuint size);

    public static DescriptorHandle OpenAt(DescriptorHandle directory, in byte path, int flags, uint mode) =>
        new(OpenAtNumber(directory, in path, flags, mode));

    public static DescriptorHandle Open(in byte path, int flags, uint mode) => new(OpenNumber(in path, flags, mode));

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(nint descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Statx(DescriptorHandle directory, in byte path, int flags, uint mask, out Statx status);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeDirectoryAt(DescriptorHandle directory, in byte path, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(DescriptorHandle directory, in byte path, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static partial int RenameAt(DescriptorHandle oldDirectory, in byte oldPath, DescriptorHandle newDirectory, in byte newPath);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int LinkAt(DescriptorHandle oldDirectory, in byte oldPath, DescriptorHandle newDirectory, in byte newPath, int flags);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int SymlinkAt(in byte target, DescriptorHandle directory, in byte path);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(DescriptorHandle directory, in byte path, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    public static partial int SetTimesAt(DescriptorHandle directory, in byte path, in Timespec accessThenModification, int flags);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    public static partial int SetTimes(DescriptorHandle file, in Timespec accessThenModification);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ReadDirectory(DescriptorHandle directory, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(DescriptorHandle file, ref byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(DescriptorHandle file, ref byte buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(DescriptorHandle file, in byte buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint WriteAt(DescriptorHandle file, in byte buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    public static partial nint ReadVectors(DescriptorHandle file, in IoVector vectors, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "pwritev2", SetLastError = true)]
    public static partial nint WriteVectors(DescriptorHandle file, in IoVector vectors, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(DescriptorHandle file, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(DescriptorHandle file, long length);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(DescriptorHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(DescriptorHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int DataSync(DescriptorHandle file);

    // returns the error's number instead of leaving it
    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    public static partial int Advise(DescriptorHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(DescriptorHandle file, int command, int argument);

    // int, not a handle of pointer size: the upper half of what comes back is not defined
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAtNumber(DescriptorHandle directory, in byte path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int OpenNumber(in byte path, int flags, uint mode);
}
