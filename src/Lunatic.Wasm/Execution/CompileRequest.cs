using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Execution;

/// <summary>A function that is to be compiled, of a module that may be collected meanwhile.</summary>
/// <param name="Module">The module's code.</param>
/// <param name="Function">Number of the function among the module's own.</param>
/// <param name="Resumes">Whether it is the code that goes on in frames, not the code that calls enter.</param>
/// <param name="Site">Of code that goes on in frames: the one site that it is for; null: all.</param>
internal readonly unsafe record struct CompileRequest(WeakReference<ModuleCode> Module, int Function, bool Resumes, int? Site = null)
{
    // compiling takes about as long for this many instructions as for none
    private const int Overhead = 100;

    /// <summary>
    /// What compiling it now is worth: its heat for the time that it takes. So the hottest come first, and a large function that makes the JIT take long
    /// does not keep others waiting unless it is that much hotter.
    /// </summary>
    /// <returns>Less than 0 if the module is gone.</returns>
    public double Worth()
    {
        if (!Module.TryGetTarget(out ModuleCode? module))
            return -1;
        FunctionCode* code = module.Functions + Function;
        double worth = (double)Volatile.Read(ref code->Heat) / (code->InstructionCount + Overhead);
        GC.KeepAlive(module);
        return worth;
    }

    /// <summary>It is not compiled now and may be asked for again.</summary>
    public void GiveUp()
    {
        if (!Module.TryGetTarget(out ModuleCode? module))
            return;
        if (Site is int site)
            module.Functions[Function].SiteCodes[site].Uses = 0;
        else
            Interlocked.And(ref module.Functions[Function].Requested, ~Flag);
        GC.KeepAlive(module);
    }

    /// <summary>Its mark in <see cref="FunctionCode.Requested"/>.</summary>
    public int Flag => Resumes ? FunctionCode.ResumeRequested : FunctionCode.EntryRequested;
}
