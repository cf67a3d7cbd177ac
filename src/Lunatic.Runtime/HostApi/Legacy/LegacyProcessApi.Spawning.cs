using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.HostApi.Process;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Processes.Pending;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Legacy;

// Spawning: into the environment of a module, or the caller's own. A missing function is an error; wrong arguments are the child's end.
internal static partial class LegacyProcessApi
{
    /// <summary>
    /// Spawns a process of a module, in its environment: 0, its id is written; 1, it could not be made and an error's id is written. A link other than 0 is the tag under
    /// which the caller hears of the child's failure. Traps without the right to spawn, while the caller's own start function runs, on unknown ids and bad pointers.
    /// </summary>
    [HostFunction("spawn")]
    public static int Spawn(ProcessContext context, long link, long moduleId, int functionPointer, int functionLength, int parametersPointer, int parametersLength, int idPointer) =>
        context.TryFind(context.Resources.Legacy.Modules, moduleId, "module", out LegacyModule? module)
            ? Spawn(context, link, module.Environment, module.Module, module.Environment.Configuration, functionPointer, functionLength, parametersPointer, parametersLength, idPointer)
            : 0;

    /// <summary>Spawns a process of the caller's own module in its own environment; else as <c>spawn</c>.</summary>
    [HostFunction("inherit_spawn")]
    public static int InheritSpawn(ProcessContext context, long link, int functionPointer, int functionLength, int parametersPointer, int parametersLength, int idPointer) =>
        Spawn(
            context, link, OwnEnvironment(context), context.Process.Plan.Module, context.Configuration, functionPointer, functionLength, parametersPointer, parametersLength, idPointer);

    private static int Spawn(
        ProcessContext context, long link, LegacyEnvironment environment, LunaticModule module, ProcessConfiguration configuration,
        int functionPointer, int functionLength, int parametersPointer, int parametersLength, int idPointer)
    {
        if (!context.Configuration.CanSpawnProcesses)
            return context.Trap("the process may not spawn processes");
        if (context.Process.IsStarting)
            return context.Trap("Cannot spawn process during module initialization");
        if (!context.TryReadString(functionPointer, functionLength, "function's name", out string function)
            || !context.TryGetMemory(parametersPointer, parametersLength, out Span<byte> packed)
            || !context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        // bytes behind the last whole argument are ignored
        if (!SpawnParameters.TryRead(packed[..(packed.Length - (packed.Length % SpawnParameters.Size))], out WasmValue[]? arguments, out string? mistake))
            return context.Trap(mistake);
        if (environment.Refusal is { } refusal)
            return context.Fail(idPointer, refusal);
        LaunchPlan plan;
        try
        {
            plan = context.Process.Plan.For(context.Environment, module, configuration);
        }
        catch (WasmUnlinkableException exception)
        {
            return context.Fail(idPointer, exception.Message);
        }
        if (module.FindFunction(function) is null)
            return context.Fail(idPointer, $"Function '{function}' not found");
        return Launch(context, plan, new GuestEntry(function, arguments), link, idPointer);
    }

    private static int Launch(ProcessContext context, LaunchPlan plan, GuestEntry entry, long link, int idPointer)
    {
        GuestProcess parent = context.Process;
        GuestLaunch launch = GuestProcess.Launch(context.Environment, plan, entry, link == 0 ? null : parent, link, parent.WakeOnLaunch, parent);
        if (launch.IsOver)
            return Answer(context, launch, idPointer);
        context.Caller.Wait(new SpawnOperation(launch, (context, launch) => Answer(context, launch, idPointer)));
        return 0;
    }

    private static int Answer(ProcessContext context, GuestLaunch launch, int idPointer)
    {
        if (launch.Error is { } error)
            return context.Fail(idPointer, error);
        context.TryWriteInt64(idPointer, context.Resources.Legacy.Processes.Add(launch.Process));
        return 0;
    }
}
