using System.Runtime.InteropServices;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Compilation.Emission;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Hosting;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Instances;

/// <summary>
/// The code of a module: one <see cref="FunctionCode"/> per function of its own, shared by all instances, lowered when it is entered for the first time.
/// Unmanaged, and freed when the module can be reached no more: instances keep their module, and stores their instances.
/// </summary>
internal sealed unsafe partial class ModuleCode
{
    private static readonly WasmFunctionType TypeOfByteWindowUses = WasmFunctionType.Get([WasmValueType.I32, WasmValueType.I32], [WasmValueType.I32]);

    private readonly WasmModule _module;
    private readonly FunctionCode* _functions;
    private readonly int[]?[] _offsets;
    private FunctionSites?[]? _sites;
    private Dictionary<int, WasmFunctionType>? _typesById;
    private ByteWindowUse[]? _byteWindowUses;

    // one compile per function, but several functions at a time: a function has the lock that its number says
    private readonly Lock[] _compiling = [new(), new(), new(), new()];

    // what waits to be compiled does not keep the module
    private readonly WeakReference<ModuleCode> _weak;

    // keeps the machine code whose addresses the functions hold
    private readonly List<GeneratedMethod> _methods = [];
    private readonly Dictionary<string, WasmExport> _exports;

    public ModuleCode(WasmModule module)
    {
        _module = module;
        _weak = new WeakReference<ModuleCode>(this);
        Definition = module.Definition;
        Layout = new InstanceLayout(Definition);
        _exports = Definition.Exports.ToDictionary(export => export.Name);
        ExportedMemory = FindExport("memory", ExternalKind.Memory) ?? -1;

        int count = Definition.Functions.Length;
        _offsets = new int[count][];
        _functions = (FunctionCode*)NativeMemory.AllocZeroed((nuint)Math.Max(1, count), (nuint)sizeof(FunctionCode));
        for (int i = 0; i < count; i++)
        {
            WasmFunctionType type = Definition.FunctionTypes[Definition.ImportedFunctions + i];
            _functions[i].ParameterSlots = type.ParameterSlots;
            _functions[i].ResultSlots = type.ResultSlots;
            _functions[i].TypeId = type.Id;
            _functions[i].Index = Definition.ImportedFunctions + i;
        }
    }

    /// <summary>Frees the functions and their lowered code.</summary>
    ~ModuleCode()
    {
        for (int i = 0; i < _offsets.Length; i++)
        {
            NativeMemory.Free(_functions[i].Instructions);
            NativeMemory.Free(_functions[i].SiteCodes);
        }
        NativeMemory.Free(_functions);
    }

    public ModuleDefinition Definition { get; }

    public InstanceLayout Layout { get; }

    /// <summary>The module's own functions.</summary>
    public FunctionCode* Functions => _functions;

    /// <summary>Index of the memory exported as "memory", or -1.</summary>
    public int ExportedMemory { get; }

    /// <summary>What compiled code may do in place of a call of an imported function. Only for the memory that host functions see, if it is the one that compiled code knows best.</summary>
    public ByteWindowUse ByteWindowUseOf(int function) => (Volatile.Read(ref _byteWindowUses) ?? FindByteWindowUses())[function];

    /// <summary>Lowers a function, if nobody has yet. Threads that come at once may all do the work; one result is published.</summary>
    public void Prepare(FunctionCode* code)
    {
        if (Volatile.Read(ref *(nint*)&code->Instructions) != 0)
            return;
        LoweredFunction lowered = FunctionLowering.Lower(Definition, code->Index);
        var instructions = (Instruction*)NativeMemory.Alloc((nuint)lowered.Instructions.Length, (nuint)sizeof(Instruction));
        lowered.Instructions.CopyTo(new Span<Instruction>(instructions, lowered.Instructions.Length));
        // everybody who gets here writes the same, before the code is to be seen
        code->LocalSlots = lowered.LocalSlots;
        code->OperandSlots = lowered.OperandSlots;
        code->InstructionCount = lowered.Instructions.Length;
        _offsets[code->Index - Definition.ImportedFunctions] = lowered.Offsets;
        if (Interlocked.CompareExchange(ref *(nint*)&code->Instructions, (nint)instructions, 0) != 0)
            NativeMemory.Free(instructions);
        else
            EngineCounters.CountLowered();
    }

    /// <summary>Asks for a function to be compiled in the background, unless it has been asked for or cannot be.</summary>
    /// <param name="code">A function of the module, lowered.</param>
    /// <param name="resumes">Whether the code that goes on in its frames is wanted, not the code that calls enter.</param>
    public void Request(FunctionCode* code, bool resumes)
    {
        var request = new CompileRequest(_weak, (int)(code - _functions), resumes);
        if (code->IsNotCompilable || (Volatile.Read(ref code->Requested) & request.Flag) != 0)
            return;
        if ((Interlocked.Or(ref code->Requested, request.Flag) & request.Flag) == 0)
            BackgroundCompiler.Shared.Enqueue(request);
    }

    /// <summary>Compiles a function, if nobody has yet.</summary>
    /// <returns>False if it cannot be compiled; it stays interpreted.</returns>
    public bool TryCompile(FunctionCode* code)
    {
        Prepare(code);
        lock (LockOf(code))
        {
            if (code->CompiledEntry != 0 || code->IsNotCompilable)
                return code->CompiledEntry != 0;
            FunctionSites sites = SitesOf(code);
            GeneratedMethod? method = FunctionCompiler.CanCompile(sites) ? FunctionCompiler.CompileEntry(this, code, sites) : null;
            if (method is null)
            {
                code->IsNotCompilable = true;
                return false;
            }
            Keep(method);
            code->EnterStub = CallStubs.Of(Definition.FunctionTypes[code->Index]).Enter;
            code->Heat = 0;
            // what was written above is seen by whoever sees these
            Volatile.Write(ref code->CallEntry, method.Entry);
            Volatile.Write(ref code->CompiledEntry, method.Entry);
            return true;
        }
    }

    /// <summary>Compiles the code that goes on in frames of a function, if nobody has yet.</summary>
    /// <returns>False if that cannot be: its frames go on in the interpreter.</returns>
    public bool TryCompileResume(FunctionCode* code)
    {
        if (Volatile.Read(ref code->ResumeEntry) != 0)
            return true;
        Prepare(code);
        lock (LockOf(code))
        {
            if (code->ResumeEntry != 0 || code->IsNotResumable)
                return code->ResumeEntry != 0;
            FunctionSites sites = SitesOf(code);
            bool canCompile = !code->IsNotCompilable && FunctionCompiler.CanCompile(sites);
            GeneratedMethod? method = canCompile ? FunctionCompiler.CompileResume(this, code, sites) : null;
            if (method is null)
            {
                code->IsNotResumable = true;
                return false;
            }
            Keep(method);
            code->SiteCodes = (SiteCode*)NativeMemory.AllocZeroed((nuint)sites.Count, (nuint)sizeof(SiteCode));
            Volatile.Write(ref code->ResumeEntry, method.Entry);
            return true;
        }
    }

    /// <summary>The name of a function for those who look at the machine code.</summary>
    public string NameOf(FunctionCode* code) => _module.FunctionName(code->Index) ?? $"function {code->Index}";

    /// <summary>The function type of the module that has a canonical id.</summary>
    public WasmFunctionType TypeWithId(int id)
    {
        // asked once per indirect call of all functions, of which a module may have as many as types
        Dictionary<int, WasmFunctionType> types = Volatile.Read(ref _typesById) ?? FindTypes();
        return types[id];
    }

    /// <summary>What a stack trace says about a frame at an instruction of a function that has been lowered.</summary>
    public WasmFrame Describe(FunctionCode* code, int position)
    {
        int[] offsets = _offsets[code->Index - Definition.ImportedFunctions]!;
        return new WasmFrame(code->Index, _module.FunctionName(code->Index), offsets[position]);
    }

    /// <summary>Sites and live locals of a function, analysed when they are asked for.</summary>
    public FunctionSites SitesOf(FunctionCode* code)
    {
        FunctionSites?[] sites = Volatile.Read(ref _sites)
            ?? Interlocked.CompareExchange(ref _sites, new FunctionSites[_offsets.Length], null) ?? _sites;
        return sites[code->Index - Definition.ImportedFunctions] ??= SiteAnalysis.Analyze(Definition, code->Index);
    }

    public int? FindExport(string name, ExternalKind kind) =>
        _exports.TryGetValue(name, out WasmExport? export) && export.Type.Kind == kind ? export.Index : null;

    // asked once per call of an import, of which a module may have as many as imports
    private ByteWindowUse[] FindByteWindowUses()
    {
        var uses = new ByteWindowUse[Definition.ImportedFunctions];
        if (ExportedMemory == 0 && _module.ByteWindowUses is { } useOf)
        {
            int function = 0;
            foreach (WasmImport import in Definition.Imports)
            {
                if (import.Type is not WasmFunctionType)
                    continue;
                if (Definition.FunctionTypes[function] == TypeOfByteWindowUses)
                    uses[function] = useOf(import);
                function++;
            }
        }
        return Interlocked.CompareExchange(ref _byteWindowUses, uses, null) ?? uses;
    }

    private Dictionary<int, WasmFunctionType> FindTypes()
    {
        var types = new Dictionary<int, WasmFunctionType>();
        foreach (TypeDefinition type in Definition.Types)
        {
            if (type.Function is { } function)
                types[function.Id] = function;
        }
        return Interlocked.CompareExchange(ref _typesById, types, null) ?? types;
    }

    private Lock LockOf(FunctionCode* code) => _compiling[code->Index % _compiling.Length];

    private void Keep(GeneratedMethod method)
    {
        lock (_methods)
            _methods.Add(method);
    }
}
