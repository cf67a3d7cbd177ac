using System.Runtime.InteropServices;

namespace Lunatic.Runtime.Wasi.FileSystem;

/// <summary>Numbers of Linux's calls; a few differ between processors.</summary>
internal static class LinuxFlags
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    /// <summary>A terminal does not become the host's controlling terminal.</summary>
    public const int NoControllingTerminal = 0x100;
    public const int Truncate = 0x200;
    public const int Append = 0x400;
    public const int NonBlock = 0x800;
    public const int DSync = 0x1000;
    public const int CloseOnExec = 0x80000;
    public const int Sync = 0x101000;
    /// <summary>The file as such, whatever it is and may be; nothing is opened.</summary>
    public const int PathOnly = 0x200000;

    /// <summary>The last component must not be a symbolic link.</summary>
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;

    /// <summary>openat2: nothing outside the directory is reached, at no moment.</summary>
    public const ulong ResolveBeneath = 0x08;
    public const ulong ResolveNoMagicLinks = 0x02;

    /// <summary>Of calls with a path: a link at its end is not followed.</summary>
    public const int NoFollowPath = 0x100;
    public const int RemoveDirectory = 0x200;
    public const int EmptyPath = 0x1000;
    public const uint BasicStatus = 0x7ff;
    public const int SetStatusFlags = 4;

    public const long OpenAt2Call = 437;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    /// <summary>Of reads: only what is in memory (<c>RWF_NOWAIT</c>).</summary>
    public const int NoWait = 8;
}
