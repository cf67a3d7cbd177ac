using Lunatic.Runtime.Testing.Scheduling;

namespace Lunatic.Runtime.Testing;

/// <summary>Says which processes something is about: one, those of a name (registered, or a probe's), those that satisfy a condition, or all. Processes and names convert to it by themselves.</summary>
public readonly struct ProcessFilter
{
    private readonly LunaticProcess? _process;
    private readonly string? _name;
    private readonly Func<LunaticProcess, bool>? _condition;

    private ProcessFilter(LunaticProcess? process, string? name, Func<LunaticProcess, bool>? condition) => (_process, _name, _condition) = (process, name, condition);

    /// <summary>All processes.</summary>
    public static ProcessFilter Any => default;

    /// <summary>Those that satisfy a condition.</summary>
    public static ProcessFilter Where(Func<LunaticProcess, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new ProcessFilter(null, null, condition);
    }

    /// <summary>One process.</summary>
    public static ProcessFilter FromLunaticProcess(LunaticProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return new ProcessFilter(process, null, null);
    }

    /// <summary>Those that have a name at the time.</summary>
    public static ProcessFilter FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ProcessFilter(null, name, null);
    }

    /// <inheritdoc cref="FromLunaticProcess"/>
    public static implicit operator ProcessFilter(LunaticProcess process) => FromLunaticProcess(process);

    /// <inheritdoc cref="FromString"/>
    public static implicit operator ProcessFilter(string name) => FromString(name);

    private bool IsAny => _process is null && _name is null && _condition is null;

    /// <summary>Whether a process is one of them; null (the test itself, a timer) is only where all are.</summary>
    internal bool Matches(ObservedProcess? observed)
    {
        if (IsAny)
            return true;
        if (observed?.Process is not { } process)
            return false;
        if (_name is not null)
            return observed.Probe?.Name == _name || (process.Environment.Registry.TryGet(_name, out ProcessId id) && id == process.Id);
        return _process is not null ? process == _process : _condition!(process);
    }
}
