using Lunatic.Wasm.Model;
using Lunatic.Wasm.Validation;

namespace Lunatic.Wasm.Compilation;

/// <summary>Lowers functions of valid modules, one at a time, when they are needed. Safe to use from any thread.</summary>
internal static class FunctionLowering
{
    /// <summary>The lowered code of a function.</summary>
    /// <param name="module">A module that has been validated.</param>
    /// <param name="functionIndex">Index in the function index space; not of an import.</param>
    public static LoweredFunction Lower(ModuleDefinition module, int functionIndex) => Lower(module, functionIndex, null);

    /// <summary>The same, telling <paramref name="sites"/> (if any) where the sites are.</summary>
    internal static LoweredFunction Lower(ModuleDefinition module, int functionIndex, SiteRecorder? sites)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(functionIndex, module.ImportedFunctions);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(functionIndex, module.FunctionTypes.Length);
        var context = new ValidationContext(module, isKnownValid: true);
        var validator = new FunctionValidator<LoweringSink>(context, new LoweringSink(sites));
        validator.Validate(functionIndex - module.ImportedFunctions);
        return validator.Sink.Finish(validator.MaxOperandSlots);
    }
}
