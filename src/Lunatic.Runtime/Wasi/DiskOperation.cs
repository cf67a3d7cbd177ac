using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>A guest waits for a disk: what stores data, or makes room for it, may take long, unlike reads and writes, which the system's cache takes.</summary>
/// <param name="work">What is done. It holds the file open as long as it lasts.</param>
internal sealed class DiskOperation(Func<Errno> work) : BlockingOperation
{
    private Errno _error;

    /// <summary>Begins it, as the last act of a host function.</summary>
    public static int Wait(ProcessContext context, Func<Errno> work)
    {
        var operation = new DiskOperation(work);
        context.Caller.Wait(operation);
        operation.Begin(context.Process);
        return 0;
    }

    protected override void Work() => _error = work();

    protected override ulong Finish(ProcessContext context) => (ulong)_error;
}
