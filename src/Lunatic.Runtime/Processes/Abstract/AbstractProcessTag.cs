namespace Lunatic.Runtime.Processes.Abstract;

/// <summary>The tags of the crate's abstract processes: the number of the handler in the top byte, of the answer in the others.</summary>
internal static class AbstractProcessTag
{
    /// <summary>The handler of the request to shut down.</summary>
    internal const int Shutdown = 32;

    /// <summary>Handlers that fit a tag: from 1.</summary>
    internal const int MaxHandler = 63;

    private const int HandlerShift = 56;

    // what lies below is reserved by the crate
    private const long FirstTag = 129;

    /// <exception cref="ArgumentOutOfRangeException">There can be no such handler.</exception>
    internal static void Check(int handler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(handler, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(handler, MaxHandler);
        ArgumentOutOfRangeException.ThrowIfEqual(handler, Shutdown);
    }

    /// <summary>The tag of a message to a handler.</summary>
    internal static long Of(int handler) => ((long)handler << HandlerShift) | FirstTag;

    /// <summary>The handler that a message is for.</summary>
    internal static int HandlerOf(long tag) => (int)((ulong)tag >> HandlerShift);

    /// <summary>The tag of the reply to a request.</summary>
    internal static long ReplyTo(long tag) => tag & ((1L << HandlerShift) - 1);
}
