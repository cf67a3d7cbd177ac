using System.Reflection.Emit;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// Emits the IL of one function, from its lowered code and its sites: either the code that calls enter, or the code that goes on in a saved frame.
/// This file has the course of things; operators are in files by family, frames in Sites and Restoring.
/// </summary>
/// <remarks>
/// Operands are expressions (<see cref="Value"/>) until something forces them into variables. Where control flow meets, operand number n of type t lies in
/// the variable for (n, t). A value at place n reads such variables of places from n on only, so writing them from the lowest up never
/// overwrites one that is still needed.
/// </remarks>
internal sealed unsafe partial class FunctionEmitter
{
    /// <summary>The most bytes of IL; the JIT does not optimise methods of 60,000 and more.</summary>
    private const int MaxBytes = 59_000;

    /// <summary>The most operands at all sites together, and the most ways through headers of loops to sites.</summary>
    private const int MaxSavedOperands = 20_000;

    // so many frames are saved by way of variables of their own: with far more variables the JIT stops optimising
    private const int MaxOwnPointers = 100;

    private readonly ModuleCode _module;
    private readonly ModuleDefinition _definition;
    private readonly FunctionCode* _code;
    private readonly FunctionSites _sites;
    private readonly Instruction[] _instructions;
    private readonly WasmFunctionType _type;
    private readonly ILGenerator _il;
    private readonly bool _resumes;
    private readonly int? _onlySite;

    private readonly List<Value> _stack = [];
    private readonly Variable[] _locals;
    private readonly FrameLayout _layout;
    private readonly Dictionary<(int Place, StackType Type), Variable> _places = [];
    private readonly LocalBuilder _fuel;
    private LocalBuilder _pointer;
    private int _ownPointers;
    private bool _isReachable = true;
    private int _savedOperands;

    public FunctionEmitter(ModuleCode module, FunctionCode* code, FunctionSites sites, ILGenerator il, EntryPoint entry)
    {
        _module = module;
        _definition = module.Definition;
        _code = code;
        _sites = sites;
        _instructions = sites.Function.Instructions;
        _type = _definition.FunctionTypes[code->Index];
        _il = il;
        _resumes = entry.Resumes;
        _onlySite = entry.OnlySite;
        _flow = new JumpTargets(_instructions);
        _labels = new Label?[_instructions.Length + 1];
        _shapes = new StackType[_instructions.Length + 1][];
        _locals = new Variable[sites.LocalTypes.Length];
        _layout = new FrameLayout(sites.LocalTypes);
        _fuel = il.DeclareLocal(typeof(long));
        _pointer = il.DeclareLocal(typeof(nint));
        _frame = il.DeclareLocal(typeof(nint));
        _usesMemory = Array.Exists(_instructions, instruction => UsesMemory(instruction.Opcode));
        _memoryBase = il.DeclareLocal(typeof(nint));
        _memoryLimits = il.DeclareLocal(typeof(nint));
    }

    /// <summary>Whether operators on vectors are called as methods, which takes less IL, but in large functions the JIT puts none of them in place.</summary>
    public bool CallsVectorOperators { get; init; }

    private bool IsTooLarge => _il.ILOffset > MaxBytes || _savedOperands > MaxSavedOperands;

    /// <summary>Emits the whole function.</summary>
    /// <returns>False if it became too large on the way, which is noticed soon enough to bound time and memory.</returns>
    public bool TryEmit()
    {
        DeclareLocals();
        if (_resumes)
            EmitDispatch();
        else
            EmitEntry();
        for (int i = 1; i < _instructions.Length; i++)
        {
            Arrive(i);
            EmitInstruction(i);
            if (IsTooLarge)
                return false;
        }
        EmitByteCalls();
        EmitTraps();
        return TryEmitSlowPaths() && (!_resumes || TryEmitRestores()) && !IsTooLarge;
    }

    private void DeclareLocals()
    {
        int parameters = _resumes ? 0 : _type.Parameters.Length;
        bool[] isArithmetic = ArithmeticLocals.Find(_instructions, _flow, _sites, _layout, _type.Parameters.Length);
        for (int i = 0; i < _locals.Length; i++)
        {
            StackType type = StackTypes.Of(_sites.LocalTypes[i]);
            ulong mark = 1UL << (i & 63);
            _locals[i] = i < parameters
                ? new Variable(type, 1 + i) { Mark = mark }
                : new Variable(type, _il.DeclareLocal(StackTypes.ClrType(type))) { Mark = mark, HoldsAnyNaN = isArithmetic[i] };
        }
    }

    private void EmitEntry()
    {
        if (Array.Exists(_instructions, instruction => instruction.Opcode is Opcode.CallDefined or Opcode.CallImport or Opcode.CallIndirect))
            EmitStackCheck();
        for (int i = _type.Parameters.Length; i < _locals.Length; i++)
        {
            EmitConstant(_locals[i].Type, 0);
            Assign(_locals[i]);
        }
        ReloadMemory();
        LoadFuel();
        EmitCheck(SiteKind.Entry, 1, _instructions[0].Immediate);
    }

    private void EmitInstruction(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        Opcode opcode = instruction.Opcode;
        switch (opcode)
        {
            case Opcode.LoopHeader or Opcode.LoopHeaderBeforeCall or (>= Opcode.Jump and <= Opcode.JumpTable) or Opcode.Return or Opcode.Unreachable:
                EmitControl(i);
                break;
            case Opcode.CallDefined or Opcode.CallImport or Opcode.CallIndirect:
                EmitCall(i);
                break;
            case Opcode.Drop or Opcode.Select or Opcode.SelectTyped or (>= Opcode.LocalGet and <= Opcode.GlobalSet) or (>= Opcode.LocalGet2 and <= Opcode.Select2):
                EmitVariable(in instruction);
                break;
            case (>= Opcode.I32Load and <= Opcode.MemoryGrow):
                EmitMemory(i);
                break;
            case (>= Opcode.I32Const and <= Opcode.F64Const) or Opcode.RefNull:
                Push(Value.Constant(ConstantType(opcode), instruction.Immediate));
                break;
            case Opcode.RefIsNull:
                Push(Value.Operation(Opcode.I64Eqz, StackType.I32, Pop()));
                break;
            case Opcode.RefFunc or Opcode.TableGet or Opcode.TableSet or Opcode.TableSize or Opcode.TableGrow
                or (>= Opcode.MemoryInit and <= Opcode.TableFill):
                EmitBulkOrTable(i);
                break;
            case >= Opcode.V128Load:
                EmitVector(i);
                break;
            case Opcode.HighHalf:
                break;
            default:
                EmitNumeric(i);
                break;
        }
    }

    private static StackType ConstantType(Opcode opcode) => opcode switch
    {
        Opcode.I32Const => StackType.I32,
        Opcode.F32Const => StackType.F32,
        Opcode.F64Const => StackType.F64,
        _ => StackType.I64,
    };
}
