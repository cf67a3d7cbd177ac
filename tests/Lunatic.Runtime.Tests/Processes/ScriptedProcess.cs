using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Tests.Processes;

/// <summary>A process whose slices are a function, as those of a guest are.</summary>
internal sealed class ScriptedProcess : ProcessBase
{
    private readonly Func<ScriptedProcess, SliceOutcome> _slice;

    internal ScriptedProcess(LunaticEnvironment environment, Func<ScriptedProcess, SliceOutcome> slice)
        : base(environment, environment.AllocateId()) => _slice = slice;

    internal int Slices { get; private set; }

    internal int Releases { get; private set; }

    internal override ProcessKind Kind => ProcessKind.Native;

    internal static ScriptedProcess Start(LunaticEnvironment environment, Func<ScriptedProcess, SliceOutcome> slice)
    {
        var process = new ScriptedProcess(environment, slice);
        environment.ThrowIfRefused(environment.TryPublish(process));
        process.Start();
        return process;
    }

    internal void EndWith(ExitReason reason) => End(reason);

    protected override SliceOutcome RunSlice()
    {
        Slices++;
        return _slice(this);
    }

    protected override void Release(ExitReason reason) => Releases++;
}
