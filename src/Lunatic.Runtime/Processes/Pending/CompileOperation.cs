using Lunatic.Runtime.HostApi;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits for the compilation of a module.</summary>
/// <param name="runtime">Whose metrics count it.</param>
/// <param name="bytes">The module, a copy.</param>
/// <param name="idPointer">Where the id of the module, or of the error, is to be written.</param>
internal sealed class CompileOperation(LunaticRuntime runtime, byte[] bytes, int idPointer) : BlockingOperation
{
    private LunaticModule? _module;
    private string _error = "";

    protected override void Work()
    {
        try
        {
            _module = runtime.Compile(bytes);
        }
        catch (WasmException exception)
        {
            _error = exception.Message;
        }
    }

    protected override ulong Finish(ProcessContext context)
    {
        // checked first: an id that cannot be told would be lost
        if (!context.TryGetMemory(idPointer, sizeof(long), out _))
            return 0;
        context.TryWriteInt64(idPointer, _module is not null ? context.Resources.Modules.Add(_module) : context.Resources.Errors.Add(_error));
        return _module is not null ? 0UL : 1UL;
    }
}
