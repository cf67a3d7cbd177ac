namespace Lunatic.Runtime.Wasi.Types;

/// <summary>The rights that make sense for each kind of descriptor.</summary>
internal static class RightSets
{
    /// <summary>Regular files.</summary>
    public const Rights File = Rights.FdDataSync | Rights.FdRead | Rights.FdSeek | Rights.FdFdStatSetFlags | Rights.FdSync | Rights.FdTell | Rights.FdWrite
        | Rights.FdAdvise | Rights.FdAllocate | Rights.FdFileStatGet | Rights.FdFileStatSetSize | Rights.FdFileStatSetTimes | Rights.PollFdReadWrite;

    /// <summary>Directories.</summary>
    public const Rights Directory = Rights.FdFdStatSetFlags | Rights.FdSync | Rights.FdDataSync | Rights.PathCreateDirectory | Rights.PathCreateFile
        | Rights.PathLinkSource | Rights.PathLinkTarget | Rights.PathOpen | Rights.FdReadDir | Rights.PathReadLink | Rights.PathRenameSource
        | Rights.PathRenameTarget | Rights.PathFileStatGet | Rights.PathFileStatSetSize | Rights.PathFileStatSetTimes | Rights.FdFileStatGet
        | Rights.FdFileStatSetTimes | Rights.PathSymlink | Rights.PathRemoveDirectory | Rights.PathUnlinkFile;

    /// <summary>What a directory can hand on to what is opened through it.</summary>
    public const Rights DirectoryInheriting = Directory | File;

    /// <summary>Standard input.</summary>
    public const Rights Input = Rights.FdRead | Rights.FdFdStatSetFlags | Rights.FdFileStatGet | Rights.PollFdReadWrite;

    /// <summary>Standard output and error.</summary>
    public const Rights Output = Rights.FdWrite | Rights.FdFdStatSetFlags | Rights.FdFileStatGet | Rights.FdSync | Rights.FdDataSync | Rights.PollFdReadWrite;
}
