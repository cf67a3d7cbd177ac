using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>A guest waits for what a database does: it may wait for locks and disks, or compute for long.</summary>
/// <param name="connection">The connection.</param>
/// <param name="work">What is done; it touches nothing of the guest.</param>
/// <param name="finish">Tells the guest, by the rules of a host function; returns the result's bits.</param>
internal sealed class SqliteOperation(SqliteConnection connection, Action work, Func<ProcessContext, ulong> finish) : BlockingOperation
{
    /// <summary>Begins it, as the last act of a host function.</summary>
    public static int Wait(ProcessContext context, SqliteConnection connection, Action work, Func<ProcessContext, ulong> finish)
    {
        var operation = new SqliteOperation(connection, work, finish);
        context.Caller.Wait(operation);
        operation.Begin(context.Process);
        return 0;
    }

    // a connection that is still being opened belongs to nobody else
    public override void Abandon(GuestProcess process) => connection.Release(process.Scheduler);

    protected override void Hand(GuestProcess process, Action work) => process.Environment.DatabaseWork.Run(work);

    protected override void Work() => connection.Work(work);

    protected override ulong Finish(ProcessContext context) => finish(context);
}
