using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.Networking;

/// <summary>
/// One direction of a socket: the operations of processes that wait for it, first come first served. The first one tries whenever it is signalled; whoever
/// makes an attempt worth while (a notice of the system, a write that has ended, the one before it that is through) signals.
/// </summary>
/// <remarks>
/// No signal is lost: an operation enters before it looks at the state that it waits for, and that state changes before <see cref="Signal"/> is called.
/// Of the notices that the system is asked for there is at most one at a time, whatever becomes of the process for which it was asked.
/// </remarks>
internal sealed class Lane
{
    private readonly Lock _lock = new();
    private LaneOperation? _first;
    private LaneOperation? _last;
    private bool _awaitsNotice;

    /// <summary>Whether nobody waits. Any thread.</summary>
    public bool IsEmpty => Volatile.Read(ref _first) is null;

    /// <summary>Whether the system owes a notice. Any thread.</summary>
    public bool AwaitsNotice => Volatile.Read(ref _awaitsNotice);

    /// <summary>Puts an operation behind those that wait.</summary>
    public void Enter(LaneOperation operation)
    {
        lock (_lock)
        {
            operation.Previous = _last;
            if (_last is null)
                Volatile.Write(ref _first, operation);
            else
                _last.Next = operation;
            _last = operation;
        }
    }

    /// <summary>Takes an operation out, wherever it is; the next one gets its turn.</summary>
    public void Leave(LaneOperation operation)
    {
        lock (_lock)
        {
            if (operation.Next is null)
                _last = operation.Previous;
            else
                operation.Next.Previous = operation.Previous;
            if (operation.Previous is null)
                Volatile.Write(ref _first, operation.Next);
            else
                operation.Previous.Next = operation.Next;
            bool wasFirst = operation.Previous is null;
            operation.Previous = operation.Next = null;
            if (wasFirst)
                _first?.Signal();
        }
    }

    /// <summary>Whether it is an operation's turn.</summary>
    public bool IsFirst(LaneOperation operation) => Volatile.Read(ref _first) == operation;

    /// <summary>Makes the caller the one who asks the system for a notice, which ends in <see cref="Noticed"/> or <see cref="Signal"/>.</summary>
    /// <returns>False: one is asked for already, and signals whoever is first by then.</returns>
    public bool TryAwaitNotice()
    {
        lock (_lock)
            return !_awaitsNotice && (_awaitsNotice = true);
    }

    /// <summary>The notice came at once, while its asker looks on.</summary>
    public void Noticed()
    {
        lock (_lock)
            _awaitsNotice = false;
    }

    /// <summary>An attempt is worth while again.</summary>
    /// <param name="isNotice">Whether this is the system's notice.</param>
    public void Signal(bool isNotice = false)
    {
        lock (_lock)
        {
            if (isNotice)
                _awaitsNotice = false;
            _first?.Signal();
        }
    }
}
