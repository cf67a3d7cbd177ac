namespace Lunatic.Runtime.Networking;

/// <summary>What came of an attempt that never blocks.</summary>
internal enum IoStatus : byte
{
    /// <summary>Something was moved, or the end of the stream was reached.</summary>
    Done,

    /// <summary>Nothing can be moved now.</summary>
    WouldBlock,

    /// <summary>The socket or its peer failed.</summary>
    Failed,
}
