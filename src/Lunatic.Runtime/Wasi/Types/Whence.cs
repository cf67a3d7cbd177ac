namespace Lunatic.Runtime.Wasi.Types;

/// <summary>What an offset counts from (<c>$whence</c>).</summary>
internal enum Whence : byte
{
    /// <summary>The start of the file.</summary>
    Set = 0,
    /// <summary>The current offset.</summary>
    Current = 1,
    /// <summary>The end of the file.</summary>
    End = 2,
}
