using System.Collections.Immutable;
using Lunatic.Runtime.Processes;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Supervision;

/// <summary>Describes a supervisor: how it restarts, and its children in the order in which they are started.</summary>
public sealed class SupervisorBuilder
{
    private readonly string _name;
    private readonly ImmutableArray<ChildSpecification>.Builder _children = ImmutableArray.CreateBuilder<ChildSpecification>();
    private RestartStrategy _strategy = RestartStrategy.OneForOne;
    private int _maxRestarts = 3;
    private TimeSpan _period = TimeSpan.FromSeconds(5);
    private RestartBackoff _backoff = RestartBackoff.None;
    private Action<SupervisorEvent>? _onEvent;

    private SupervisorBuilder(string name) => _name = name;

    /// <summary>Which children are restarted together. Default: <see cref="RestartStrategy.OneForOne"/>.</summary>
    public SupervisorBuilder WithStrategy(RestartStrategy strategy)
    {
        if (!Enum.IsDefined(strategy))
            throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "There is no such strategy.");
        _strategy = strategy;
        return this;
    }

    /// <summary>How often the supervisor restarts before it gives up. Default: 3 restarts within 5 seconds. Starts that fail count too.</summary>
    /// <param name="maxRestarts">Restarts within the period, of all children together; 0: it gives up at the first end that asks for one.</param>
    /// <param name="period">The period, at least a millisecond.</param>
    public SupervisorBuilder WithRestartLimit(int maxRestarts, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRestarts);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        _maxRestarts = maxRestarts;
        _period = period;
        return this;
    }

    /// <summary>How long the supervisor waits before a restart. Default: not at all. Delays as long as the restart period are never one restart too many.</summary>
    public SupervisorBuilder WithBackoff(RestartBackoff backoff)
    {
        ArgumentNullException.ThrowIfNull(backoff);
        _backoff = backoff;
        return this;
    }

    /// <summary>Has a method called for each event of a child. It runs in the supervisor's process, so it must not block; what it throws is logged.</summary>
    public SupervisorBuilder OnEvent(Action<SupervisorEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _onEvent += handler;
        return this;
    }

    /// <summary>Adds a C# process.</summary>
    /// <param name="name">Its name among its siblings.</param>
    /// <param name="body">Its body; called anew for each restart.</param>
    /// <param name="configure">How it is treated.</param>
    /// <exception cref="ArgumentException">The name is taken, or an option is not for this kind of child.</exception>
    public SupervisorBuilder AddProcess(string name, Func<NativeProcessContext, Task> body, Action<ChildOptions>? configure = null) => Add(ProcessOf(name, body, configure));

    /// <summary>Adds a guest.</summary>
    /// <param name="name">Its name among its siblings.</param>
    /// <param name="module">Its module.</param>
    /// <param name="function">The name under which the module exports the function that it runs.</param>
    /// <param name="arguments">The function's arguments.</param>
    /// <param name="configure">How it is treated.</param>
    /// <exception cref="ArgumentException">The name is taken, or the module exports no such function.</exception>
    public SupervisorBuilder AddGuest(string name, LunaticModule module, string function = "_start", IEnumerable<WasmValue>? arguments = null, Action<ChildOptions>? configure = null) =>
        Add(GuestOf(name, module, function, arguments, configure));

    /// <summary>Adds a supervisor with children of its own.</summary>
    /// <param name="name">Its name among its siblings.</param>
    /// <param name="build">Describes it.</param>
    /// <param name="configure">How it is treated.</param>
    /// <exception cref="ArgumentException">The name is taken, or an option is not for this kind of child.</exception>
    public SupervisorBuilder AddSupervisor(string name, Action<SupervisorBuilder> build, Action<ChildOptions>? configure = null) => Add(SupervisorOf(name, build, configure));

    internal static NativeChild ProcessOf(string name, Func<NativeProcessContext, Task> body, Action<ChildOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(body);
        return new NativeChild(name, body, ChildOptions.Create(configure, ChildKind.Process));
    }

    internal static GuestChild GuestOf(string name, LunaticModule module, string function, IEnumerable<WasmValue>? arguments, Action<ChildOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(function);
        var entry = new GuestEntry(function, [.. arguments ?? []]);
        if (entry.Mismatch(module.FindFunction(function)) is { } mismatch)
            throw new ArgumentException($"Child '{name}' cannot run: {mismatch}.");
        return new GuestChild(name, module, entry, ChildOptions.Create(configure, ChildKind.Guest));
    }

    internal static SupervisorChild SupervisorOf(string name, Action<SupervisorBuilder> build, Action<ChildOptions>? configure) =>
        new(SpecificationOf(name, build), ChildOptions.Create(configure, ChildKind.Supervisor));

    internal static SupervisorSpecification SpecificationOf(string name, Action<SupervisorBuilder> build)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(build);
        var builder = new SupervisorBuilder(name);
        build(builder);
        return new SupervisorSpecification(name, builder._strategy, builder._maxRestarts, builder._period, builder._backoff, builder._onEvent, builder._children.ToImmutable());
    }

    private SupervisorBuilder Add(ChildSpecification child)
    {
        if (_children.Any(other => other.Name == child.Name))
            throw new ArgumentException($"Supervisor '{_name}' has a child named '{child.Name}' already.");
        _children.Add(child);
        return this;
    }
}
