using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.Modules;
using Lunatic.Runtime.Processes;
using Lunatic.Wasm;

namespace Lunatic.Runtime;

/// <summary>How guests come into an environment.</summary>
public sealed partial class LunaticEnvironment
{
    private const long FuelPerUnit = 100_000;

    /// <summary>The host API as far as the options allow it.</summary>
    internal HostApiLinker HostApi => field ??= Options.AllowedNamespaces.AllowsAll ? HostApiLinker.Unrestricted : new HostApiLinker(Options.AllowedNamespaces);

    /// <summary>
    /// Spawns a process that runs a function of a module. If the module has a start function, that runs first, in the process, and the task completes when
    /// it has returned.
    /// </summary>
    /// <param name="module">The module (<see cref="LunaticRuntime.CompileAsync(ReadOnlyMemory{byte}, CancellationToken)"/>).</param>
    /// <param name="function">The function's export name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ArgumentException">The module exports no such function, it takes other arguments, or it returns a value.</exception>
    /// <exception cref="WasmUninstantiableException">A limit refuses the process, a segment does not fit, or the start function failed.</exception>
    /// <exception cref="LimitExceededException">The environment or the runtime holds as many processes as it may.</exception>
    /// <exception cref="ObjectDisposedException">The environment was disposed of.</exception>
    public Task<LunaticProcess> SpawnAsync(LunaticModule module, string function = "_start", params ReadOnlySpan<WasmValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(function);
        var entry = new GuestEntry(function, arguments.ToArray());
        if (entry.Mismatch(module.FindFunction(function)) is { } mismatch)
            throw new ArgumentException(mismatch, nameof(function));
        var spawned = new TaskCompletionSource<LunaticProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        GuestLaunch? launch = null;
        launch = GuestProcess.Launch(this, RootPlan(module), entry, isOver: Report);
        if (launch.IsOver)
            Report(launch);
        return spawned.Task;

        void Report(GuestLaunch launch)
        {
            if (launch.Error is null)
                spawned.TrySetResult(launch.Process);
            else
                spawned.TrySetException(launch.Cause ?? new WasmUninstantiableException(launch.Error));
        }
    }
}
