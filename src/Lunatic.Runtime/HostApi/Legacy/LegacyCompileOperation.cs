using Lunatic.Runtime.Processes.Pending;
using Lunatic.Wasm;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>A guest waits for the compilation of a module, whose imports are not looked at yet.</summary>
/// <param name="runtime">Whose metrics count it.</param>
/// <param name="bytes">The module, a copy.</param>
/// <param name="idPointer">Where the id is to be written.</param>
/// <param name="use">What is done with the module; its result is the id, or null with an error.</param>
internal sealed class LegacyCompileOperation(LunaticRuntime runtime, byte[] bytes, int idPointer, Func<ProcessContext, LunaticModule, (long? Id, string Error)> use) : BlockingOperation
{
    private LunaticModule? _module;
    private string _error = "";

    protected override void Work()
    {
        try
        {
            _module = runtime.Load(bytes);
        }
        catch (WasmException exception)
        {
            _error = exception.Message;
        }
    }

    protected override ulong Finish(ProcessContext context)
    {
        if (!context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        (long? id, string error) = _module is null ? (null, _error) : use(context, _module);
        context.TryWriteInt64(idPointer, id ?? context.Resources.Errors.Add(error));
        return id is null ? 1UL : 0UL;
    }
}
