using System.Runtime.InteropServices;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>Linux's error numbers in the numbers of WASI.</summary>
internal static class LinuxErrors
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int CrossDevice = 18;
    public const int Loop = 40;
    public const int NotSupported = 95;

    // indexed by Linux's number, up to ELOOP without gaps
    private static readonly Errno[] Low =
    [
        Errno.Success, Errno.Perm, Errno.NoEnt, Errno.Srch, Errno.Intr, Errno.Io, Errno.NxIo, Errno.TooBig, Errno.NoExec, Errno.BadF,
        Errno.Child, Errno.Again, Errno.NoMem, Errno.Acces, Errno.Fault, Errno.NotSup, Errno.Busy, Errno.Exist, Errno.XDev, Errno.NoDev,
        Errno.NotDir, Errno.IsDir, Errno.Inval, Errno.NFile, Errno.MFile, Errno.NoTty, Errno.TxtBsy, Errno.FBig, Errno.NoSpc, Errno.SPipe,
        Errno.RoFs, Errno.MLink, Errno.Pipe, Errno.Dom, Errno.Range, Errno.DeadLk, Errno.NameTooLong, Errno.NoLck, Errno.NoSys, Errno.NotEmpty,
        Errno.Loop,
    ];

    /// <summary>The reason of the last failed call of this thread.</summary>
    public static Errno Last() => Map(Marshal.GetLastPInvokeError());

    /// <summary>Success, or the reason of the call that returned <paramref name="result"/>.</summary>
    public static Errno Check(long result) => result < 0 ? Last() : Errno.Success;

    /// <summary>The number of WASI; <see cref="Errno.Io"/> for what WASI has no word for.</summary>
    public static Errno Map(int linux) => linux switch
    {
        >= 0 when linux < Low.Length => Low[linux],
        71 => Errno.Proto,
        75 => Errno.Overflow,
        84 => Errno.IlSeq,
        95 => Errno.NotSup,
        110 => Errno.TimedOut,
        116 => Errno.Stale,
        122 => Errno.DQuot,
        125 => Errno.Canceled,
        _ => Errno.Io,
    };
}
