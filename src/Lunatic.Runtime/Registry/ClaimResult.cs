namespace Lunatic.Runtime.Registry;

/// <summary>What came of asking for a name.</summary>
internal enum ClaimResult
{
    /// <summary>A process has the name.</summary>
    Found,

    /// <summary>The name is reserved for the one who asked.</summary>
    Claimed,

    /// <summary>Another process has reserved the name and not decided yet.</summary>
    Busy,
}
