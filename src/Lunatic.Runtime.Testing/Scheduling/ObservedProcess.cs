using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Testing.Tracing;

namespace Lunatic.Runtime.Testing.Scheduling;

/// <summary>What a run remembers of a process, also after its end.</summary>
internal sealed class ObservedProcess
{
    private readonly ProcessId _id;
    private ProcessBase? _process;
    private string? _name;

    internal ObservedProcess(ProcessBase process)
    {
        _process = process;
        _id = process.Id;
        Fingerprint = TraceEvent.Mix((ulong)_id.EnvironmentId, (ulong)_id.LocalId);
        LookForName();
    }

    /// <summary>The process; null after its end.</summary>
    internal ProcessBase? Process => _process;

    /// <summary>What stands for the process in a fingerprint.</summary>
    internal ulong Fingerprint { get; }

    /// <summary>Slices that it ran.</summary>
    internal long Slices { get; set; }

    /// <summary>The probe that it is, if it is one.</summary>
    internal Probe? Probe { get; set; }

    /// <summary>The name that it had first, if any.</summary>
    internal string? Name => Probe?.Name ?? _name;

    /// <summary>For example <c>1.3 'stock'</c>.</summary>
    internal string Label => Name is { } name ? $"{_id} '{name}'" : _id.ToString();

    /// <summary>Looks whether the process has been given a name.</summary>
    internal void LookForName()
    {
        if (_name is null && _process is { IsRegistered: true } process)
            _name = process.Environment.Registry.NameOf(_id);
    }

    /// <summary>The process has ended.</summary>
    internal void Forget() => _process = null;
}
