using System.Collections.Immutable;
using Lunatic.Runtime.Distribution;
using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Application;
using Lunatic.Runtime.HostApi.Metrics;
using Lunatic.Runtime.Memory;
using Lunatic.Runtime.Networking;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Scheduling;
using Lunatic.Wasm;

namespace Lunatic.Runtime;

/// <summary>What guests need of a runtime: modules, memory, host services.</summary>
public sealed partial class LunaticRuntime
{
    private readonly Lazy<HostServices> _hostServices;
    private readonly Lazy<GuestMemory> _guestMemory;

    /// <summary>What host functions use of the outside world.</summary>
    internal HostServices HostServices => _hostServices.Value;

    /// <summary>Where guests' memory comes from.</summary>
    internal GuestMemory GuestMemory => _guestMemory.Value;

    /// <summary>The way to other nodes. Set before the first guest is spawned.</summary>
    internal INodeTransport Nodes { get; set; } = SingleNode.Instance;

    /// <summary>The application's host functions.</summary>
    internal ImmutableArray<ApplicationFunction> ApplicationFunctions { get; private init; }

    /// <summary>All that guests can import.</summary>
    internal HostApiLinker HostApi { get; private init; }

    /// <summary>For tests: suspends guests at every site, and is called each time by the thread that runs the guest. Set before the first guest is spawned.</summary>
    internal Action<GuestProcess>? SuspendedAtSite { get; set; }

    /// <summary>For tests: gives each guest what makes it change between compiled code and interpreter at random; see <see cref="WasmStore.TierSwitches"/>.</summary>
    internal Func<Random>? TierSwitches { get; set; }

    /// <summary>Compiles a module from a stream, binary or text.</summary>
    /// <param name="module">The stream, which is read to its end and left open.</param>
    /// <param name="cancellationToken">Gives up; compiling itself is not interrupted.</param>
    /// <inheritdoc cref="CompileAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task<LunaticModule> CompileAsync(Stream module, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var bytes = new MemoryStream(module.CanSeek ? (int)Math.Clamp(module.Length - module.Position, 0, Array.MaxLength) : 0);
        await module.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return await CompileAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Compiles a module, binary or text, where it delays no process, and checks that this runtime provides what it imports. A module can be used in all
    /// environments of all runtimes that have the host functions of the application that it imports.
    /// </summary>
    /// <param name="module">The whole module. It is kept, so it must not change any more.</param>
    /// <param name="cancellationToken">Gives up; compiling itself is not interrupted.</param>
    /// <exception cref="WasmMalformedException">The bytes are no module.</exception>
    /// <exception cref="WasmInvalidException">The module breaks a rule of WebAssembly, or needs what is not supported.</exception>
    /// <exception cref="WasmUnlinkableException">The module imports what this runtime does not provide, or with another type; the text names it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<LunaticModule> CompileAsync(ReadOnlyMemory<byte> module, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var compiled = new Completion<LunaticModule>(Scheduler);
        Scheduler.RunBlocking(() =>
        {
            try
            {
                compiled.Succeed(Compile(module));
            }
            catch (Exception exception)
            {
                // whatever it is, it belongs to the caller who waits for the task
                compiled.Fail(exception);
            }
        });
        return compiled.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Compiles a module on the calling thread, and counts it.</summary>
    internal LunaticModule Compile(ReadOnlyMemory<byte> module) => Measured(() => LunaticModule.Compile(module, HostApi));

    /// <summary>The same for one whose imports are looked at later.</summary>
    internal LunaticModule Load(ReadOnlyMemory<byte> module) => Measured(() => LunaticModule.Load(module));

    private LunaticModule Measured(Func<LunaticModule> compile)
    {
        Metrics.ModulesCompiled.Add(1);
        // the application's clock is looked at for listeners only
        if (!Metrics.CompilationTime.Enabled)
            return compile();
        long started = TimeProvider.GetTimestamp();
        try
        {
            return compile();
        }
        finally
        {
            Metrics.CompilationTime.Record(TimeProvider.GetElapsedTime(started).TotalSeconds);
        }
    }

    private HostServices CreateHostServices() => new(Options.TimeProvider, Logger, Parts.CreateRandom(), new GuestMetrics(), new NetworkServices(Options.TimeProvider, Scheduler.RunBlocking)) { NetworkRefusal = Parts.NetworkRefusal };

    private GuestMemory CreateGuestMemory() => new(Options.MaxCommittedBytes);

    // what guests sent last reaches its receivers
    private Task CloseConnectionsAsync() => _hostServices.IsValueCreated ? _hostServices.Value.DrainNetworkAsync() : Task.CompletedTask;

    private void DisposeGuestParts()
    {
        if (_guestMemory.IsValueCreated)
            _guestMemory.Value.Dispose();
        if (_hostServices.IsValueCreated)
            _hostServices.Value.Dispose();
    }
}
