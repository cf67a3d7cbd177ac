using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Supervision;

/// <summary>The process of a supervisor: a C# process that others know by the supervisor's name.</summary>
internal sealed class SupervisorProcess(LunaticEnvironment environment, long localId, string name, Func<NativeProcessContext, Task> body) : NativeProcess(environment, localId, body)
{
    internal override ProcessKind Kind => ProcessKind.Supervisor;

    internal override string? FunctionName => name;
}
