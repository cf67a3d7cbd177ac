namespace Lunatic.Runtime.Wasi.Types;

/// <summary>How <c>path_open</c> opens (<c>$oflags</c>).</summary>
[Flags]
internal enum OpenFlags : ushort
{
    /// <summary>An existing file.</summary>
    None = 0,
    /// <summary>Creates the file if there is none.</summary>
    Create = 1,
    /// <summary>Fails if it is not a directory.</summary>
    Directory = 2,
    /// <summary>Fails if the file exists.</summary>
    Exclusive = 4,
    /// <summary>Empties the file.</summary>
    Truncate = 8,
}
