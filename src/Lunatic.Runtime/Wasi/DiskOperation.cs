using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

/// <summary>A guest waits for a disk, or whatever else a file system lies on. See <see cref="WasiApi"/> for what is done in place.</summary>
/// <param name="work">What is done. It touches nothing of the guest, and holds the file open as long as it lasts.</param>
/// <param name="finish">Hands results to the guest after success; null: there are none.</param>
/// <param name="discard">Lets go of what the work made, where no guest is left to have it; null: it makes nothing.</param>
internal sealed class DiskOperation(Func<Errno> work, Func<ProcessContext, Errno>? finish, Action? discard) : BlockingOperation
{
    private const int Over = 1, Abandoned = 2;

    private Errno _error;
    private int _state;

    /// <summary>Begins it, as the last act of a host function.</summary>
    public static int Wait(ProcessContext context, Func<Errno> work, Func<ProcessContext, Errno>? finish = null, Action? discard = null)
    {
        var operation = new DiskOperation(work, finish, discard);
        context.Caller.Wait(operation);
        operation.Begin(context.Process);
        return 0;
    }

    public override void Abandon(GuestProcess process)
    {
        if (Interlocked.Exchange(ref _state, Abandoned) == Over)
            discard?.Invoke();
    }

    protected override void Work()
    {
        _error = work();
        if (Interlocked.CompareExchange(ref _state, Over, 0) == Abandoned)
            discard?.Invoke();
    }

    protected override ulong Finish(ProcessContext context) => (ulong)(_error == Errno.Success && finish is not null ? finish(context) : _error);
}
