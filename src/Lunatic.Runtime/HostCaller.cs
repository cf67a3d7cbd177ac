using Lunatic.Runtime.HostApi;

namespace Lunatic.Runtime;

/// <summary>The guest that calls a host function of the application (<see cref="HostFunctionCollection"/>).</summary>
public sealed class HostCaller
{
    private readonly ProcessContext _context;
    private readonly CancellationTokenSource? _ended;
    private int _thread;

    internal HostCaller(ProcessContext context, CancellationTokenSource? ended = null) => (_context, _ended) = (context, ended);

    /// <summary>The process that calls. Can be used anywhere.</summary>
    public LunaticProcess Process => _context.Process;

    /// <summary>The environment of the process. Can be used anywhere.</summary>
    public LunaticEnvironment Environment => _context.Environment;

    /// <summary>Cancelled when the process ends while it waits for an asynchronous function. Never, for others: nothing interrupts them.</summary>
    public CancellationToken Ended => _ended?.Token ?? CancellationToken.None;

    /// <summary>
    /// The memory that the guest exports as "memory" (of one beyond 2 GiB the first 2 GiB), empty where there is none: only while a synchronous function runs, on the thread that
    /// called it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The function is asynchronous, has returned, or uses another thread: the memory may belong to another guest by now.</exception>
    public Span<byte> Memory => _thread == System.Environment.CurrentManagedThreadId
        ? _context.Caller.Memory
        : throw new InvalidOperationException("A guest's memory can be used only while a synchronous host function runs, on its own thread. Asynchronous ones get copies: byte[], string.");

    internal void Enter() => _thread = System.Environment.CurrentManagedThreadId;

    internal void Leave() => _thread = 0;

    // callbacks of the application run elsewhere, where they hold nobody up
    internal void CancelWait() => _ = _ended!.CancelAsync();
}
