namespace Lunatic.Runtime.Wasi.Types;

/// <summary>What a subscription waits for (<c>$eventtype</c>).</summary>
internal enum EventType : byte
{
    /// <summary>A time.</summary>
    Clock = 0,
    /// <summary>Data to read.</summary>
    FdRead = 1,
    /// <summary>Room to write.</summary>
    FdWrite = 2,
}
