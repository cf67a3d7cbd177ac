using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Interpretation;

internal static unsafe partial class Interpreter
{
    public static ExitCause Run(WasmStore store) => throw new NotSupportedException($"the interpreter is not there yet ({store.FuelUsed})");
}
