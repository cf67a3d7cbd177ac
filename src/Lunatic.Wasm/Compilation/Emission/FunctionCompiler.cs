using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Compiles functions of a module. What is beyond the limits, where the JIT would give up optimising, stays interpreted.</summary>
internal static unsafe class FunctionCompiler
{
    /// <summary>The most instructions of lowered code.</summary>
    public const int MaxInstructions = 10_000;

    /// <summary>The most parameters and locals.</summary>
    public const int MaxLocals = 1_000;

    /// <summary>The code that calls enter.</summary>
    /// <returns>Null if the function cannot be compiled.</returns>
    public static GeneratedMethod? CompileEntry(ModuleCode module, FunctionCode* code, FunctionSites sites)
    {
        WasmFunctionType type = module.Definition.FunctionTypes[code->Index];
        return Compile(module, code, sites, CompiledSignature.Result(type), CompiledSignature.Parameters(type), EntryPoint.Call);
    }

    /// <summary>The code that goes on in a saved frame, the top one: takes the instance and the number of the frame's site.</summary>
    /// <returns>Null if the function cannot be compiled in this form.</returns>
    public static GeneratedMethod? CompileResume(ModuleCode module, FunctionCode* code, FunctionSites sites) =>
        CompileResume(module, code, sites, EntryPoint.AnySite);

    /// <summary>The same for frames at one site only. Their loops are as good as where calls enter, because nothing else leads into them.</summary>
    /// <returns>Null if the function cannot be compiled in this form.</returns>
    public static GeneratedMethod? CompileResume(ModuleCode module, FunctionCode* code, FunctionSites sites, int site) =>
        CompileResume(module, code, sites, EntryPoint.At(site));

    /// <summary>Whether the function is not too large.</summary>
    public static bool CanCompile(FunctionSites sites) =>
        sites.Function.Instructions.Length <= MaxInstructions && sites.LocalTypes.Length <= MaxLocals;

    private static GeneratedMethod? CompileResume(ModuleCode module, FunctionCode* code, FunctionSites sites, EntryPoint entry) =>
        Compile(module, code, sites, typeof(void), [typeof(nint), typeof(int)], entry);

    private static GeneratedMethod? Compile(ModuleCode module, FunctionCode* code, FunctionSites sites, Type result, Type[] parameters, EntryPoint entry)
    {
        string name = (entry.OnlySite is int site ? $"resume {site} " : entry.Resumes ? "resume " : "") + module.NameOf(code);
        long start = EngineCounters.Begin();
        int bytes = 0;
        try
        {
            var method = new GeneratedMethod(name, result, parameters);
            if (!new FunctionEmitter(module, code, sites, method.Generator, entry).TryEmit())
            {
                // operators on vectors that are called as methods take less IL
                method = new GeneratedMethod(name, result, parameters);
                if (!HasVectors(sites) || !new FunctionEmitter(module, code, sites, method.Generator, entry) { CallsVectorOperators = true }.TryEmit())
                    return null;
            }
            method.Complete();
            bytes = method.Generator.ILOffset;
            return method;
        }
        catch (Exception exception)
        {
            // a fault of the emitter, or code that the JIT refuses: the function runs interpreted instead
            CompilerFaults.Report(name, exception);
            return null;
        }
        finally
        {
            EngineCounters.End(start, bytes, entry.Resumes);
        }
    }

    private static bool HasVectors(FunctionSites sites) => Array.Exists(sites.Function.Instructions, instruction => instruction.Opcode >= Opcode.V128Load);
}
