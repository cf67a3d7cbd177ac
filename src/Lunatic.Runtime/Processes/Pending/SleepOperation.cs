namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest sleeps. Plain data: the deadline.</summary>
internal sealed class SleepOperation : PendingOperation
{
    public override bool IsPlainData => true;

    /// <summary>Begins a sleep; a process has one record, which it uses again.</summary>
    public SleepOperation Until(long deadline)
    {
        Deadline = deadline;
        return this;
    }

    public override bool TryComplete(GuestProcess process)
    {
        if (!process.HasPassed(Deadline))
            return false;
        process.Store.CompleteWait([]);
        return true;
    }
}
