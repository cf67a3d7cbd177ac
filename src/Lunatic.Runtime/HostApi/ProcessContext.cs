using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Wasi;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi;

/// <summary>
/// What a host function sees of the process that calls it. One per guest process, used by the thread that runs the process; guest memory is
/// reachable only during a call. A method that finds a guest's mistake calls <see cref="Trap"/> and returns; what it returns then does not matter.
/// </summary>
internal sealed partial class ProcessContext
{
    private const long KeptBytesStep = 1 << 20;

    private long _keptBytes;
    private WasiState? _wasi;

    public ProcessContext(GuestProcess process, HostServices services, WasmCaller caller)
    {
        Process = process;
        Services = services;
        Caller = caller;
    }

    /// <summary>The process.</summary>
    public GuestProcess Process { get; }

    /// <summary>The environment that the process lives in.</summary>
    public LunaticEnvironment Environment => Process.Environment;

    /// <summary>The guest that calls; only during a call.</summary>
    public WasmCaller Caller { get; }

    /// <summary>Rights, limits, arguments, environment variables and directories; never changes while the process lives.</summary>
    public ProcessConfiguration Configuration => Process.Plan.Configuration;

    /// <summary>Standard input, output and error.</summary>
    public StandardStreams Streams =>
        Environment.Options.ProcessOutput?.Invoke(Process.Id) is { } output ? new StandardStreams(Process.Plan.Streams.Input, output, output) : Process.Plan.Streams;

    /// <summary>Clock, log, random source, metrics.</summary>
    public HostServices Services { get; }

    /// <summary>The process as synchronous host functions of the application see it.</summary>
    public HostCaller ApplicationCaller => field ??= new HostCaller(this);

    /// <summary>Open files of WASI; made when it is first used.</summary>
    public WasiState Wasi => _wasi ??= new WasiState(Process.Plan.Surroundings, Streams);

    /// <summary>The context of the process that a call comes from.</summary>
    public static ProcessContext Of(WasmCaller caller) => (ProcessContext)caller.State!;

    /// <summary>Ends the call with a trap. Returns 0, so that <c>return context.Trap(…)</c> is a statement of every function with a result.</summary>
    public int Trap(string message, Exception? cause = null)
    {
        Caller.Trap(message, cause);
        return 0;
    }

    /// <summary>Ends the call with a trap that says which limit of the options is reached.</summary>
    public int TrapLimit(string option, long limit)
    {
        var exception = new LimitExceededException(option, limit);
        return Trap(exception.Message, exception);
    }

    /// <summary>
    /// Counts bytes that the host keeps for the guest (messages, names, texts): where the whole host process has used up what guests may use, the call traps. Looked at
    /// after each MiB of a process, without a lock.
    /// </summary>
    public bool TryKeep(long bytes)
    {
        _keptBytes += bytes;
        if (_keptBytes < KeptBytesStep)
            return true;
        long kept = _keptBytes;
        _keptBytes = 0;
        if (Environment.Runtime.GuestMemory.HasRoomFor(kept))
            return true;
        TrapLimit($"{nameof(LunaticRuntimeOptions)}.{nameof(LunaticRuntimeOptions.MaxCommittedBytes)}", Environment.Runtime.Options.MaxCommittedBytes);
        return false;
    }

    /// <summary>The full id of a process of the same environment.</summary>
    public ProcessId IdOf(long localId) => new(Environment.Id, localId);

    /// <summary>Lets go of what the process holds, at its end.</summary>
    public void Release()
    {
        _wasi?.Dispose();
        SetScratch(null);
        _resources?.Release(Process.Scheduler);
    }
}
