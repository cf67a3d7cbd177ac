using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Compilation;

/// <summary>
/// Finds the sites of a function, on demand: for the compiler, which saves exactly what is live at a site, and for whoever looks at frames.
/// Time and memory are linear in the size of the code, but for liveness, which has a budget (see <see cref="LiveLocals"/>).
/// </summary>
internal static class SiteAnalysis
{
    /// <summary>The sites of one of the module's own functions.</summary>
    /// <param name="module">A module that has been validated.</param>
    /// <param name="functionIndex">Index in the function index space; not of an import.</param>
    public static FunctionSites Analyze(ModuleDefinition module, int functionIndex)
    {
        var recorder = new SiteRecorder();
        LoweredFunction function = FunctionLowering.Lower(module, functionIndex, recorder);
        return recorder.ToSites(function, LiveLocals.Find(function, recorder.Positions()));
    }
}
