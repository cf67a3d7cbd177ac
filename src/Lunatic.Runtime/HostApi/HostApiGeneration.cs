namespace Lunatic.Runtime.HostApi;

/// <summary>The generations of the host API. They share names and differ in types, so a module's imports say which it speaks.</summary>
internal enum HostApiGeneration
{
    /// <summary>0.13: processes by number, configurations, one registry.</summary>
    Current,

    /// <summary>0.7: processes by handle, environments made by guests, versioned names.</summary>
    Legacy07,

    /// <summary>0.6: as 0.7, but a receive takes one tag.</summary>
    Legacy06,
}
