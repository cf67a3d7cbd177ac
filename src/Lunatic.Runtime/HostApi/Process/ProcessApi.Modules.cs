using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes.Pending;

namespace Lunatic.Runtime.HostApi.Process;

// Modules that a guest compiles at run time.
internal static partial class ProcessApi
{
    /// <summary>
    /// Compiles a module, binary or text: 0, its id is written; 1, an error's id is written; -1, the process may not compile modules, nothing is read or
    /// written. Waits while others run. Traps on a bad pointer.
    /// </summary>
    [HostFunction("compile_module")]
    public static int CompileModule(ProcessContext context, int pointer, int length, int idPointer)
    {
        if (!context.Configuration.CanCompileModules)
            return -1;
        if (!context.TryGetMemory(pointer, length, out Span<byte> bytes))
            return 0;
        LunaticRuntime runtime = context.Environment.Runtime;
        byte[] copy = bytes.ToArray();
        var operation = new CompileOperation(() => runtime.Compile(copy), idPointer, static (context, module) => (context.Resources.Modules.Add(module), ""));
        context.Caller.Wait(operation);
        operation.Begin(context.Process);
        return 0;
    }

    /// <summary>Forgets a module; its processes go on. Traps on an unknown id.</summary>
    [HostFunction("drop_module")]
    public static void DropModule(ProcessContext context, long moduleId) =>
        context.TryTake(context.Resources.Modules, moduleId, "module", out _);
}
