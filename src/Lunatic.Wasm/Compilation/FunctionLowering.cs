using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Compilation;

internal static class FunctionLowering
{
    public static LoweredFunction Lower(ModuleDefinition module, int functionIndex) =>
        throw new NotSupportedException($"lowering of function {functionIndex} is not there yet ({module.Functions.Length} functions)");
}
