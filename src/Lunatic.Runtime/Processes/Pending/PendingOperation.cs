namespace Lunatic.Runtime.Processes.Pending;

/// <summary>
/// What a suspended host function of a guest waits for. The process looks at it whenever it is woken, without touching the guest; when it is over, its
/// results go to the guest's store, and nothing is executed twice. A new kind is a class that derives from this one: whoever ends the operation makes
/// the end visible first and calls <see cref="ProcessBase.Wake"/> then.
/// </summary>
internal abstract class PendingOperation
{
    /// <summary>When the process has to look again, whatever happens: <see cref="ProcessBase.NoDeadline"/> for never.</summary>
    public long Deadline { get; protected set; } = ProcessBase.NoDeadline;

    /// <summary>Whether the record is plain data, so that a process that waits in it can be saved and moved.</summary>
    public virtual bool IsPlainData => false;

    /// <summary>Looks whether the operation is over. If so, hands its results to the process's store, and the guest can go on.</summary>
    /// <returns>False: it is not over, nothing changed.</returns>
    public abstract bool TryComplete(GuestProcess process);

    /// <summary>The process ends while it waits: whatever the operation holds is let go.</summary>
    public virtual void Abandon(GuestProcess process)
    {
    }
}
