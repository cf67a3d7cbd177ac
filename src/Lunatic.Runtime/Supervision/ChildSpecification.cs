namespace Lunatic.Runtime.Supervision;

/// <summary>What a child is made from, each time that it is started. Immutable.</summary>
internal abstract class ChildSpecification(string name, ChildKind kind, ChildOptions options)
{
    internal string Name { get; } = name;

    internal ChildKind Kind { get; } = kind;

    internal ChildOptions Options { get; } = options;

    /// <summary>Begins to start a process for the child. What it throws is why the child cannot be started.</summary>
    internal abstract ChildStart Begin(SupervisorLoop loop);

    /// <summary>Asks the child's process to end.</summary>
    internal abstract void RequestStop(ChildStatus child);

    internal LunaticEnvironment EnvironmentIn(SupervisorLoop loop) => Options.Environment ?? loop.Environment;
}
