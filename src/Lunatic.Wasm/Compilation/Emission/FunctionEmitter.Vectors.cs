using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Compilation.Emission;

// operators on v128
internal sealed unsafe partial class FunctionEmitter
{
    private LocalBuilder? _canonical;

    private void EmitVector(int i)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        Opcode opcode = instruction.Opcode;
        ref readonly VectorSignature signature = ref VectorSignature.Of(opcode);
        switch (signature.Form)
        {
            case VectorForm.Load or VectorForm.Store or VectorForm.LoadLane or VectorForm.StoreLane:
                EmitVectorAccess(i, signature.Form, 1 << signature.Alignment);
                break;
            case VectorForm.Constant:
                Push(Value.Constant(instruction.Immediate, _instructions[i + 1].Immediate));
                break;
            case VectorForm.Shuffle:
                Value right = Pop();
                Push(Value.Vector(opcode, StackType.V128, Pop(), right, low: instruction.Immediate, high: _instructions[i + 1].Immediate));
                break;
            case VectorForm.Splat:
                Value scalar = Pop();
                Push(IsFloatLane(scalar)
                    ? Value.Vector(Opcode.I32x4Splat, StackType.V128, LaneAsInteger(scalar))
                    : Value.Vector(opcode, StackType.V128, scalar));
                break;
            case VectorForm.ExtractLane:
                Push(Value.Vector(opcode, StackTypes.Of(signature.Scalar), Pop(), low: instruction.Lane));
                break;
            case VectorForm.ReplaceLane:
                scalar = Pop();
                Push(IsFloatLane(scalar)
                    ? Value.Vector(Opcode.I32x4ReplaceLane, StackType.V128, Pop(), LaneAsInteger(scalar), low: instruction.Lane)
                    : Value.Vector(opcode, StackType.V128, Pop(), scalar, low: instruction.Lane));
                break;
            case VectorForm.Unary:
                Push(Value.Vector(opcode, StackType.V128, Pop(), mayBeAnyNaN: VectorMethods.YieldsAnyNaN(opcode)));
                break;
            case VectorForm.Binary or VectorForm.Shift:
                right = Pop();
                Push(Value.Vector(opcode, StackType.V128, Pop(), right, mayBeAnyNaN: VectorMethods.YieldsAnyNaN(opcode)));
                break;
            case VectorForm.Ternary:
                Value mask = Pop();
                right = Pop();
                Push(Value.Vector(opcode, StackType.V128, Pop(), right, mask));
                break;
            case VectorForm.Test:
                Push(Value.Vector(opcode, StackType.I32, Pop()));
                break;
            default:
                throw new NotSupportedException($"the compiler does not know the operator {opcode}");
        }
    }

    // the JIT may find the lane to be a constant and, if that is a NaN, make it quiet (see CompiledNumerics.SingleOf)
    private static bool IsFloatLane(Value value) => value is { Kind: ValueKind.Operation, Opcode: Opcode.F32x4ExtractLane };

    private static Value LaneAsInteger(Value lane) => Value.Vector(Opcode.I32x4ExtractLane, StackType.I32, lane.Left!, low: lane.Bits);

    // accesses to one lane are those of scalars
    private void EmitVectorAccess(int i, VectorForm form, int bytes)
    {
        ref readonly Instruction instruction = ref _instructions[i];
        Opcode opcode = instruction.Opcode;
        switch (form)
        {
            case VectorForm.Load:
                Push(Value.Load(opcode, StackType.V128, EmitBoundsCheck(i, Pop(), instruction.Immediate, bytes), instruction.Immediate));
                break;
            case VectorForm.Store:
                Value vector = Pop();
                EmitStoring(i, opcode, Pop(), vector, bytes);
                break;
            case VectorForm.LoadLane:
                (Opcode load, _, _, Opcode replace) = LaneAccess(opcode);
                vector = Pop();
                Value loaded = Value.Load(load, LoadedType(load), EmitBoundsCheck(i, Pop(), instruction.Immediate, bytes), instruction.Immediate);
                Push(Value.Vector(replace, StackType.V128, vector, loaded, low: instruction.Lane));
                break;
            default:
                (_, Opcode store, Opcode extract, _) = LaneAccess(opcode);
                Value lane = Value.Vector(extract, store == Opcode.I64Store ? StackType.I64 : StackType.I32, Pop(), low: instruction.Lane);
                EmitStoring(i, store, Pop(), lane, bytes);
                break;
        }
    }

    private static (Opcode Load, Opcode Store, Opcode Extract, Opcode Replace) LaneAccess(Opcode opcode) => opcode switch
    {
        Opcode.V128Load8Lane or Opcode.V128Store8Lane => (Opcode.I32Load8U, Opcode.I32Store8, Opcode.I8x16ExtractLaneU, Opcode.I8x16ReplaceLane),
        Opcode.V128Load16Lane or Opcode.V128Store16Lane => (Opcode.I32Load16U, Opcode.I32Store16, Opcode.I16x8ExtractLaneU, Opcode.I16x8ReplaceLane),
        Opcode.V128Load32Lane or Opcode.V128Store32Lane => (Opcode.I32Load, Opcode.I32Store, Opcode.I32x4ExtractLane, Opcode.I32x4ReplaceLane),
        _ => (Opcode.I64Load, Opcode.I64Store, Opcode.I64x2ExtractLane, Opcode.I64x2ReplaceLane),
    };

    // the address is on the evaluation stack
    private void EmitVectorLoad(Opcode opcode)
    {
        if (opcode == Opcode.V128Load)
            SlotAccess.EmitLoadVector(_il);
        else
            _il.Emit(OpCodes.Call, VectorMethods.Of(opcode));
    }

    private void EvaluateVector(Value value)
    {
        switch (VectorSignature.Of(value.Opcode).Form)
        {
            case VectorForm.Shuffle:
                EvaluateShuffle(value);
                return;
            case VectorForm.ExtractLane or VectorForm.ReplaceLane:
                EvaluateExactly(value.Left!);
                _il.Emit(OpCodes.Ldc_I4, (int)value.Bits);
                if (value.Right is not null)
                    EvaluateExactly(value.Right);
                break;
            case var _ when !CallsVectorOperators && VectorIntrinsics.Of(value.Opcode) is { } intrinsic:
                EvaluateVectorOperand(value.Opcode, value.Left!);
                intrinsic.EmitOperand(_il);
                if (value.Right is not null)
                {
                    EvaluateVectorOperand(value.Opcode, value.Right);
                    intrinsic.EmitOperand(_il);
                }
                intrinsic.EmitCall(_il);
                return;
            default:
                EvaluateVectorOperand(value.Opcode, value.Left!);
                if (value.Right is not null)
                    EvaluateVectorOperand(value.Opcode, value.Right);
                if (value.Condition is not null)
                    EvaluateExactly(value.Condition);
                break;
        }
        _il.Emit(OpCodes.Call, VectorMethods.Of(value.Opcode));
    }

    private void EvaluateVectorOperand(Opcode opcode, Value operand)
    {
        if (operand is { MayBeAnyNaN: true, Type: StackType.V128 } && VectorMethods.TakesAnyNaN(opcode)
            && VectorMethods.IsF64x2(opcode) == VectorMethods.IsF64x2(operand.Opcode))
        {
            Evaluate(operand);
        }
        else
        {
            EvaluateExactly(operand);
        }
    }

    // lanes of either vector alone are chosen by constants, which the JIT makes good code of; an index beyond a vector gives 0
    private void EvaluateShuffle(Value value)
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(left, value.Bits);
        BinaryPrimitives.WriteInt64LittleEndian(left[8..], value.HighBits);
        bool usesLeft = false, usesRight = false;
        for (int i = 0; i < 16; i++)
        {
            bool isLeft = left[i] < 16;
            (left[i], right[i]) = isLeft ? (left[i], byte.MaxValue) : (byte.MaxValue, (byte)(left[i] - 16));
            usesLeft |= isLeft;
            usesRight |= !isLeft;
        }
        if (usesLeft)
            EvaluateLanes(value.Left!, left);
        if (usesRight)
            EvaluateLanes(value.Right!, right);
        if (usesLeft && usesRight)
            _il.Emit(OpCodes.Call, VectorMethods.Of(Opcode.V128Or));
    }

    private void EvaluateLanes(Value vector, ReadOnlySpan<byte> lanes)
    {
        EvaluateExactly(vector);
        EmitVectorConstant(BinaryPrimitives.ReadInt64LittleEndian(lanes), BinaryPrimitives.ReadInt64LittleEndian(lanes[8..]));
        _il.Emit(OpCodes.Call, VectorMethods.Shuffle);
    }

    private void EmitVectorConstant(long low, long high)
    {
        if ((low | high) == 0)
        {
            _il.Emit(OpCodes.Call, VectorMethods.Zero);
            return;
        }
        _il.Emit(OpCodes.Ldc_I8, low);
        _il.Emit(OpCodes.Ldc_I8, high);
        _il.Emit(OpCodes.Call, VectorMethods.Create);
        _il.Emit(OpCodes.Call, VectorMethods.AsByte);
    }

    /// <summary>Makes NaNs of arithmetic canonical in the value on the evaluation stack, which has just been evaluated.</summary>
    private void EmitCanonical(Value value)
    {
        switch (value.Type)
        {
            case StackType.F32:
                _il.Emit(OpCodes.Call, RuntimeMethods.CanonicalSingle);
                break;
            case StackType.F64:
                _il.Emit(OpCodes.Call, RuntimeMethods.CanonicalDouble);
                break;
            case var _ when CallsVectorOperators:
                _il.Emit(OpCodes.Call, VectorMethods.IsF64x2(value.Opcode) ? VectorMethods.CanonicalF64x2 : VectorMethods.CanonicalF32x4);
                break;
            default:
                bool isF64x2 = VectorMethods.IsF64x2(value.Opcode);
                EmitCanonicalVector(VectorIntrinsics.Of(isF64x2 ? Opcode.F64x2Eq : Opcode.F32x4Eq)!, isF64x2 ? 0x7FF8_0000_0000_0000 : 0x7FC0_0000_7FC0_0000);
                break;
        }
    }

    // as VectorOperators do, in place: numbers are equal to themselves
    private void EmitCanonicalVector(VectorIntrinsic equals, long nan)
    {
        _canonical ??= _il.DeclareLocal(typeof(Vector128<byte>));
        _il.Emit(OpCodes.Stloc, _canonical);
        for (int operand = 0; operand < 2; operand++)
        {
            _il.Emit(OpCodes.Ldloc, _canonical);
            equals.EmitOperand(_il);
        }
        equals.EmitCall(_il);
        _il.Emit(OpCodes.Ldloc, _canonical);
        EmitVectorConstant(nan, nan);
        _il.Emit(OpCodes.Call, VectorMethods.ConditionalSelect);
    }
}
