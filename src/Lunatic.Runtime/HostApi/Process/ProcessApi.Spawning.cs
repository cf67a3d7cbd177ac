using System.Diagnostics.CodeAnalysis;
using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Runtime.Registry;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Process;

// Spawning. The child exists, and is linked, before it executes anything but its module's start function; the parent waits only for that one.
internal static partial class ProcessApi
{
    private const long Own = -1;
    private const int Existed = 2;

    /// <summary>
    /// Spawns a process: 0, its id is written; 1, it could not be made and an error's id is written. A link other than 0 is the tag under which the caller
    /// hears of the child's failure. Configuration and module are ids, or -1 for the caller's own. A missing or wrong entry function is the child's end, not
    /// an error. Traps without the right to spawn, while the caller's own start function runs, and on unknown ids, wrong parameters and bad pointers.
    /// </summary>
    [HostFunction("spawn")]
    public static int Spawn(
        ProcessContext context, long link, long configId, long moduleId, int functionPointer, int functionLength, int parametersPointer, int parametersLength, int idPointer)
    {
        if (!TryReadRequest(context, configId, moduleId, functionPointer, functionLength, parametersPointer, parametersLength, out LaunchPlan? plan, out GuestEntry entry)
            || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        return Launch(context, plan, entry, link, new SpawnAnswer(null, 0, idPointer));
    }

    /// <summary>
    /// Finds a process by name, or spawns it and gives it the name: 2, it existed; 0 and 1 as with <c>spawn</c>. The ids of node (0) and process, or error, are
    /// written. When two ask for a name at once one spawns and the other waits for the outcome. Traps as <c>spawn</c> does; finding needs no right.
    /// </summary>
    [HostFunction("get_or_spawn")]
    public static int GetOrSpawn(
        ProcessContext context, int namePointer, int nameLength, long link, long configId, long moduleId, int functionPointer, int functionLength,
        int parametersPointer, int parametersLength, int nodeIdPointer, int idPointer)
    {
        if (!context.TryReadName(namePointer, nameLength, out string name)
            || !context.TryGetMemory(nodeIdPointer, sizeof(long), out _)
            || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        ClaimResult claim = context.Environment.Registry.Claim(name, context.Process, out ProcessId existing);
        if (claim is not ClaimResult.Busy)
            return GoOn(context, claim, existing);
        context.Caller.Wait(new ClaimOperation(name, GoOn));
        return 0;

        int GoOn(ProcessContext context, ClaimResult claim, ProcessId existing)
        {
            if (claim is ClaimResult.Found)
                return Write(context, existing.LocalId, nodeIdPointer, idPointer, Existed);
            if (!TryReadRequest(context, configId, moduleId, functionPointer, functionLength, parametersPointer, parametersLength, out LaunchPlan? plan, out GuestEntry entry))
            {
                context.Environment.Registry.GiveUp(name, context.Process);
                return 0;
            }
            return Launch(context, plan, entry, link, new SpawnAnswer(name, nodeIdPointer, idPointer));
        }
    }

    /// <summary>Checks rights and arguments in the order of the reference; false after a trap.</summary>
    private static bool TryReadRequest(
        ProcessContext context, long configId, long moduleId, int functionPointer, int functionLength, int parametersPointer, int parametersLength,
        [NotNullWhen(true)] out LaunchPlan? plan, out GuestEntry entry)
    {
        plan = null;
        entry = default;
        if (!context.Configuration.CanSpawnProcesses)
        {
            context.Trap("the process may not spawn processes");
            return false;
        }
        if (context.Process.IsStarting)
        {
            context.Trap("a process may not spawn others while its module's start function runs");
            return false;
        }
        ProcessConfiguration? configuration = context.Configuration;
        LunaticModule? module = context.Process.Plan.Module;
        if ((configId != Own && !TryFindConfiguration(context, configId, out configuration))
            || (moduleId != Own && !context.TryFind(context.Resources.Modules, moduleId, "module", out module))
            || !context.TryReadString(functionPointer, functionLength, "function's name", out string function)
            || !context.TryGetMemory(parametersPointer, parametersLength, out Span<byte> packed))
            return false;
        if (!SpawnParameters.TryRead(packed, out WasmValue[]? arguments, out string? error))
        {
            context.Trap(error);
            return false;
        }
        plan = context.Process.Plan.For(context.Environment, module!, configuration!);
        entry = new GuestEntry(function, arguments);
        return true;
    }

    private static int Launch(ProcessContext context, LaunchPlan plan, GuestEntry entry, long link, SpawnAnswer answer)
    {
        GuestProcess parent = context.Process;
        GuestLaunch launch = GuestProcess.Launch(context.Environment, plan, entry, link == 0 ? null : parent, link, parent.WakeOnLaunch, parent);
        if (launch.IsOver)
            return answer.Give(context, launch);
        context.Caller.Wait(new SpawnOperation(launch, answer.Give));
        return 0;
    }

    private static int Write(ProcessContext context, long processId, int nodeIdPointer, int idPointer, int result)
    {
        if (context.TryWriteInt64(nodeIdPointer, 0))
            context.TryWriteInt64(idPointer, processId);
        return result;
    }
}
