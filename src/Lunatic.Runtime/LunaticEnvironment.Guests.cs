using System.Collections.Concurrent;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;
using Lunatic.Wasm;

namespace Lunatic.Runtime;

/// <summary>How guests come into an environment.</summary>
public sealed partial class LunaticEnvironment
{
    // guests whose module's start function runs: they are in no table yet, but end with the environment
    private readonly ConcurrentDictionary<GuestProcess, bool> _starting = new();
    private GuestSettings? _guests;

    /// <summary>What the guests of the environment have in common; made for the first one.</summary>
    internal GuestSettings Guests
    {
        get
        {
            if (Volatile.Read(ref _guests) is { } settings)
                return settings;
            settings = new GuestSettings(Runtime, Options);
            return Interlocked.CompareExchange(ref _guests, settings, null) ?? settings;
        }
    }

    /// <summary>Guests whose module's start function runs.</summary>
    internal int StartingCount => _starting.Count;

    /// <summary>Notes a guest that runs its module's start function.</summary>
    internal void AddStarting(GuestProcess process)
    {
        _starting.TryAdd(process, true);
        Interlocked.MemoryBarrier();
        // closed in between: the disposal may have looked before
        if (Volatile.Read(ref _closed) != 0)
            process.Kill();
    }

    /// <summary>The start function is through, or the process has ended.</summary>
    internal void RemoveStarting(GuestProcess process) => _starting.TryRemove(process, out _);

    /// <summary>
    /// Spawns a process that runs a function of a module. If the module has a start function, that runs first, in the process, and the task completes when
    /// it has returned.
    /// </summary>
    /// <param name="module">The module (<see cref="LunaticRuntime.CompileAsync(ReadOnlyMemory{byte}, CancellationToken)"/>).</param>
    /// <param name="function">The name under which the module exports the function.</param>
    /// <param name="arguments">The function's arguments.</param>
    /// <exception cref="ArgumentException">The module exports no such function, it takes other arguments, or it returns a value.</exception>
    /// <exception cref="WasmUnlinkableException">The module imports what this runtime does not provide.</exception>
    /// <exception cref="WasmUninstantiableException">A limit refuses the process, a segment does not fit, or the start function failed.</exception>
    /// <exception cref="DirectoryNotFoundException">A directory of the environment's options does not exist.</exception>
    /// <exception cref="LimitExceededException">The environment or the runtime holds as many processes as it may.</exception>
    /// <exception cref="ObjectDisposedException">The environment was disposed of.</exception>
    public Task<LunaticProcess> SpawnAsync(LunaticModule module, string function = "_start", params ReadOnlySpan<WasmValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(function);
        var entry = new GuestEntry(function, arguments.ToArray());
        if (entry.Mismatch(module.FindFunction(function)) is { } mismatch)
            throw new ArgumentException(mismatch);

        // the process must not be held up by those who wait for it
        var spawned = new Completion<LunaticProcess>(Runtime.Scheduler);
        GuestLaunch launch = GuestProcess.Launch(this, Guests.RootPlan(module), entry, isOver: Report);
        if (launch.IsOver)
            Report(launch);
        return spawned.Task;

        void Report(GuestLaunch launch)
        {
            if (launch.Error is null)
                spawned.Succeed(launch.Process);
            else
                spawned.Fail(launch.Cause ?? new WasmUninstantiableException(launch.Error));
        }
    }
}
