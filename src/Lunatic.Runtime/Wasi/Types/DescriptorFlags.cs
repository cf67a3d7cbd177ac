namespace Lunatic.Runtime.Wasi.Types;

/// <summary>How a descriptor reads and writes (<c>$fdflags</c>).</summary>
[Flags]
internal enum DescriptorFlags : ushort
{
    /// <summary>As usual.</summary>
    None = 0,
    /// <summary>Writes go to the end of the file.</summary>
    Append = 1,
    /// <summary>Writes wait until the data is stored.</summary>
    DSync = 2,
    /// <summary>Calls do not wait.</summary>
    NonBlock = 4,
    /// <summary>Reads are synchronised as writes are.</summary>
    RSync = 8,
    /// <summary>Writes wait until data and metadata are stored.</summary>
    Sync = 16,
}
