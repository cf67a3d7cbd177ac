namespace Lunatic.Runtime.Wasi.Types;

/// <summary>Which times are set (<c>$fstflags</c>).</summary>
[Flags]
internal enum SetTimesFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>The access time, to the given value.</summary>
    Access = 1,
    /// <summary>The access time, to the current time.</summary>
    AccessNow = 2,
    /// <summary>The modification time, to the given value.</summary>
    Modification = 4,
    /// <summary>The modification time, to the current time.</summary>
    ModificationNow = 8,
}
