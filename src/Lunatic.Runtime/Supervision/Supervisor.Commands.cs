using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.Scheduling;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Supervision;

/// <summary>What the application asks of a running supervisor. The supervisor's own process does it, one thing after the other.</summary>
public sealed partial class Supervisor
{
    private readonly ConcurrentQueue<SupervisorCommand> _commands = new();
    private readonly Completion<bool> _started;
    private volatile bool _closed;

    /// <summary>Completes when all children have been started, or fails.</summary>
    internal Task Started => _started.Task;

    /// <summary>Starts one more child, a C# process, behind all others.</summary>
    /// <exception cref="ArgumentException">The name is taken, or an option is not for this kind of child.</exception>
    /// <exception cref="ChildStartException">It could not be started; it is no child.</exception>
    /// <exception cref="InvalidOperationException">The supervisor has ended.</exception>
    /// <inheritdoc cref="SupervisorBuilder.AddProcess"/>
    public Task<ChildHandle> AddProcessAsync(string name, Func<NativeProcessContext, Task> body, Action<ChildOptions>? configure = null) =>
        AddAsync(SupervisorBuilder.ProcessOf(name, body, configure));

    /// <summary>Starts one more child, a guest, behind all others.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the module exports no such function.</exception>
    /// <exception cref="ChildStartException">It could not be started; it is no child.</exception>
    /// <exception cref="InvalidOperationException">The supervisor has ended.</exception>
    /// <inheritdoc cref="SupervisorBuilder.AddGuest"/>
    public Task<ChildHandle> AddGuestAsync(
        string name, LunaticModule module, string function = "_start", IEnumerable<WasmValue>? arguments = null, Action<ChildOptions>? configure = null) =>
        AddAsync(SupervisorBuilder.GuestOf(name, module, function, arguments, configure));

    /// <summary>Starts one more child, a supervisor, behind all others.</summary>
    /// <exception cref="ArgumentException">The name is taken, or an option is not for this kind of child.</exception>
    /// <exception cref="ChildStartException">It could not be started; it is no child.</exception>
    /// <exception cref="InvalidOperationException">The supervisor has ended.</exception>
    /// <inheritdoc cref="SupervisorBuilder.AddSupervisor"/>
    public Task<ChildHandle> AddSupervisorAsync(string name, Action<SupervisorBuilder> build, Action<ChildOptions>? configure = null) =>
        AddAsync(SupervisorBuilder.SupervisorOf(name, build, configure));

    /// <summary>Stops a child, if it runs, and starts it again. Does not count as a restart that the supervisor had to do.</summary>
    /// <exception cref="KeyNotFoundException">There is no such child.</exception>
    /// <exception cref="ChildStartException">It could not be started; it is down.</exception>
    /// <exception cref="InvalidOperationException">The supervisor has ended.</exception>
    public Task<ChildHandle> RestartChildAsync(string name) => Do(name, static (loop, child) => loop.RestartByHandAsync(child));

    /// <summary>Stops a child. It stays down, whatever happens to its siblings, until <see cref="RestartChildAsync"/>; a temporary one is removed.</summary>
    /// <exception cref="KeyNotFoundException">There is no such child.</exception>
    /// <exception cref="InvalidOperationException">The supervisor has ended.</exception>
    public Task<ChildHandle> TerminateChildAsync(string name) => Do(name, static (loop, child) => loop.TerminateAsync(child));

    /// <summary>Stops a child, if it runs, and removes it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such child.</exception>
    /// <exception cref="InvalidOperationException">The supervisor has ended.</exception>
    public Task<ChildHandle> RemoveChildAsync(string name) => Do(name, static (loop, child) => loop.RemoveAsync(child));

    internal bool TryTakeCommand([NotNullWhen(true)] out SupervisorCommand? command) => _commands.TryDequeue(out command);

    private Task<ChildHandle> AddAsync(ChildSpecification specification) =>
        Post(new SupervisorCommand(_scheduler, loop => loop.AddAsync(specification)));

    private Task<ChildHandle> Do(string name, Func<SupervisorLoop, ChildHandle, Task> work)
    {
        ChildHandle child = this[name];
        return Post(new SupervisorCommand(_scheduler, async loop =>
        {
            if (child.State is ChildState.Removed)
                throw new InvalidOperationException($"Child '{child.Name}' of supervisor '{Name}' was removed.");
            await work(loop, child);
            return child;
        }));
    }

    private Task<ChildHandle> Post(SupervisorCommand command)
    {
        _commands.Enqueue(command);
        Interlocked.MemoryBarrier();
        // closed in between: nobody else may look into the queue again
        if (_closed)
            FailCommands();
        _loop.Wake();
        return command.Task;
    }

    // After the end of the process, however it came.
    private void Close()
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        FailCommands();
        foreach (ChildHandle child in Children)
            child.Status = child.Status with { State = ChildState.Removed };
        _started.Fail(new InvalidOperationException($"Supervisor '{Name}' ended while it was started: {OwnProcess.EndReason?.Message}"));
    }

    private void FailCommands()
    {
        while (_commands.TryDequeue(out SupervisorCommand? command))
            command.Fail(Name);
    }
}
