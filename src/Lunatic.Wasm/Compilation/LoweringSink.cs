using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Collections;
using Lunatic.Wasm.Compilation.Emission;
using Lunatic.Wasm.Model;
using Lunatic.Wasm.Validation;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Compilation;

/// <summary>
/// Makes lowered code of what the validator finds. Operators of the source become instructions of the same opcode, or those that <see cref="Opcode"/>
/// lists from Enter on. This file has the operators without targets.
/// </summary>
/// <param name="sites">Is told where the sites are, if anybody wants to know.</param>
internal partial struct LoweringSink(SiteRecorder? sites) : IFunctionSink
{
    // how far from its header a loop's first call may be, for the header to leave the check to it
    private const int MaxBeforeCall = 16;

    private readonly LoweredCode _code = new();
    private readonly ArrayBuilder<OpenBlock> _blocks = new();
    private FunctionFacts _function;
    private LocalSlots _slots;

    // the Enter or LoopHeader that charges the code at this place
    private int _charge;

    public static bool Observes => true;

    public LoweredFunction Finish(int operandSlots)
    {
        (Instruction[] instructions, int[] offsets) = _code.ToArrays();
        return new LoweredFunction { Instructions = instructions, Offsets = offsets, LocalSlots = _slots.Total, OperandSlots = operandSlots };
    }

    public void Begin(in FunctionFacts function, OperandStack stack)
    {
        _function = function;
        _slots = new LocalSlots(function.Locals);
        _charge = _code.Add(Opcode.Enter, function.CodeOffset);
        OpenBlock(0);
        sites?.Begin(function.Locals);
        sites?.Add(_code.Count, SiteKind.Entry, stack, stack.Count);
    }

    public void Operator(in Operator op, OperandStack stack)
    {
        Charge(op.Opcode);
        switch (op.Opcode)
        {
            case Opcode.Nop:
                break;
            case Opcode.Drop:
                Emit(in op, Wide(Opcode.Drop, Opcode.Drop2, stack.Peek()));
                break;
            case Opcode.Select or Opcode.SelectTyped:
                Emit(in op, Wide(Opcode.Select, Opcode.Select2, stack.Peek(1)));
                break;
            case Opcode.LocalGet:
                EmitLocal(in op, Opcode.LocalGet2);
                break;
            case Opcode.LocalSet:
                EmitLocal(in op, Opcode.LocalSet2);
                break;
            case Opcode.LocalTee:
                EmitLocal(in op, Opcode.LocalTee2);
                break;
            case Opcode.GlobalGet:
                EmitGlobal(in op, Opcode.GlobalGet2);
                break;
            case Opcode.GlobalSet:
                EmitGlobal(in op, Opcode.GlobalSet2);
                break;
            case Opcode.Call:
                EmitCall(in op, stack);
                break;
            case Opcode.CallIndirect:
                EmitCallIndirect(in op, stack);
                break;
            case Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill or Opcode.TableInit or Opcode.TableCopy or Opcode.TableFill:
                sites?.Add(_code.Count, SiteKind.Bulk, stack, stack.Count);
                Emit(in op, op.Opcode, op.A, HasSecondIndex(op.Opcode) ? op.B : 0);
                break;
            case (>= Opcode.I32Load and <= Opcode.I64Store32):
                Emit(in op, op.Opcode, op.A, op.Immediate);
                break;
            case Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const:
                Emit(in op, op.Opcode, 0, op.Immediate);
                break;
            case Opcode.TableGet or Opcode.TableSet or Opcode.TableSize or Opcode.TableGrow or Opcode.MemorySize or Opcode.MemoryGrow
                or Opcode.DataDrop or Opcode.ElemDrop or Opcode.RefFunc:
                Emit(in op, op.Opcode, op.A);
                break;
            case >= Opcode.V128Load:
                EmitVector(in op);
                break;
            default:
                Emit(in op, op.Opcode);
                break;
        }
    }

    private readonly ModuleDefinition Module => _function.Module;

    private static bool HasSecondIndex(Opcode opcode) => opcode is not (Opcode.MemoryFill or Opcode.TableFill);

    private static Opcode Wide(Opcode narrow, Opcode wide, WasmValueType type) => type.Slots == 1 ? narrow : wide;

    private readonly void Emit(in Operator op, Opcode opcode, int a = 0, long immediate = 0) => _code.Add(opcode, op.Offset, a, immediate);

    private readonly void Charge(Opcode opcode) => _code[_charge].Immediate += OperatorFuel.Weight(opcode);

    private readonly void EmitLocal(in Operator op, Opcode wide) => Emit(in op, Wide(op.Opcode, wide, _function.Locals[op.A]), _slots.Of(op.A));

    private readonly void EmitGlobal(in Operator op, Opcode wide) => Emit(in op, Wide(op.Opcode, wide, Module.Globals[op.A].ValueType), op.A);

    private readonly void EmitCall(in Operator op, OperandStack stack)
    {
        if (op.A < Module.ImportedFunctions)
        {
            Emit(in op, Opcode.CallImport, op.A);
        }
        else
        {
            LeaveCheckToCallee();
            Emit(in op, Opcode.CallDefined, op.A - Module.ImportedFunctions);
        }
        sites?.Add(_code.Count, SiteKind.Call, stack, stack.Count - Module.FunctionTypes[op.A].Parameters.Length);
    }

    // a loop's header whose check the call that comes now makes superfluous
    private readonly void LeaveCheckToCallee()
    {
        int first = Math.Max(0, _code.Count - 1 - MaxBeforeCall);
        int i = _code.Count - 1;
        while (i > first && HasNoEffect(_code[i].Opcode))
            i--;
        if (_code[i].Opcode != Opcode.LoopHeader)
            return;
        _code[i].Opcode = Opcode.LoopHeaderBeforeCall;
        sites?.RemoveLast();
    }

    // nor traps
    private static bool HasNoEffect(Opcode opcode) => opcode is Opcode.Drop or Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee or Opcode.GlobalGet
        or (>= Opcode.I32Const and <= Opcode.F64Const) || OperatorShape.IsPure(opcode);

    private readonly void EmitCallIndirect(in Operator op, OperandStack stack)
    {
        WasmFunctionType type = Module.Types[op.A].Function!;
        Emit(in op, Opcode.CallIndirect, op.B, ((long)type.ParameterSlots << 32) | (uint)type.Id);
        sites?.Add(_code.Count, SiteKind.Call, stack, stack.Count - type.Parameters.Length - 1);
    }

    private readonly void EmitVector(in Operator op)
    {
        switch (VectorSignature.Of(op.Opcode).Form)
        {
            case VectorForm.Load or VectorForm.Store:
                Emit(in op, op.Opcode, op.A, op.Immediate);
                break;
            case VectorForm.LoadLane or VectorForm.StoreLane:
                Emit(in op, op.Opcode, op.A, op.Immediate);
                _code[^1].Lane = (ushort)op.High;
                break;
            case VectorForm.ExtractLane or VectorForm.ReplaceLane:
                Emit(in op, op.Opcode);
                _code[^1].Lane = (ushort)op.High;
                break;
            case VectorForm.Constant or VectorForm.Shuffle:
                Emit(in op, op.Opcode, 0, op.Immediate);
                Emit(in op, Opcode.HighHalf, 0, op.High);
                break;
            default:
                Emit(in op, op.Opcode);
                break;
        }
    }
}
