using Lunatic.Runtime.HostApi;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes.Pending;

/// <summary>A guest waits for the compilation of a module.</summary>
/// <param name="compile">Compiles it.</param>
/// <param name="idPointer">Where the id, or that of an error, is to be written.</param>
/// <param name="use">What is done with the module; its result is the id, or null with an error.</param>
internal sealed class CompileOperation(Func<LunaticModule> compile, int idPointer, Func<ProcessContext, LunaticModule, (long? Id, string Error)> use) : BlockingOperation
{
    private LunaticModule? _module;
    private string _error = "";

    protected override void Work()
    {
        try
        {
            _module = compile();
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
        (long? id, string error) = _module is null ? (null, _error) : use(context, _module);
        context.TryWriteInt64(idPointer, id ?? context.Resources.Errors.Add(error));
        return id is null ? 1UL : 0UL;
    }
}
