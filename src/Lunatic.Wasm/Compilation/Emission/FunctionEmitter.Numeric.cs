using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

// operators on numbers
internal sealed unsafe partial class FunctionEmitter
{
    private void EmitNumeric(int i)
    {
        Opcode opcode = _instructions[i].Opcode;
        if (OperatorShape.IsDivision(opcode))
        {
            EmitDivision(i);
        }
        else if (OperatorShape.IsTrappingTruncation(opcode))
        {
            EmitTruncation(i);
        }
        else if (OperatorShape.IsPure(opcode))
        {
            Value? right = OperatorShape.IsBinary(opcode) ? Pop() : null;
            Push(Value.Operation(opcode, OperatorShape.Result(opcode), Pop(), right, OperatorShape.YieldsCanonicalNaN(opcode)));
        }
        else
        {
            throw new NotSupportedException($"the compiler does not know the operator {opcode}");
        }
    }

    private void EmitDivision(int i)
    {
        Opcode opcode = _instructions[i].Opcode;
        bool isSigned = opcode is Opcode.I32DivS or Opcode.I32RemS or Opcode.I64DivS or Opcode.I64RemS;
        bool isRemainder = opcode is Opcode.I32RemS or Opcode.I64RemS;
        Value right = Pop();
        Value left = Pop();
        StackType type = OperatorShape.Result(opcode);
        if (right.Kind == ValueKind.Constant && Number(right) is not 0 and not -1)
        {
            Push(Value.Operation(opcode, type, left, right));
            return;
        }
        // the left side first: the variables of places that it reads may be the right side's
        left = ToVariable(left);
        right = ToVariable(right);
        Evaluate(right);
        _il.Emit(OpCodes.Brfalse, TrapAt(i, TrapReason.IntegerDivideByZero));
        if (!isSigned)
        {
            Push(Value.Operation(opcode, type, left, right));
            return;
        }

        Label isOrdinary = _il.DefineLabel();
        Label end = _il.DefineLabel();
        Variable result = NewVariable(type);
        Evaluate(right);
        EmitConstant(type, -1);
        _il.Emit(OpCodes.Bne_Un, isOrdinary);
        if (isRemainder)
        {
            EmitConstant(type, 0);
            Assign(result);
            _il.Emit(OpCodes.Br, end);
        }
        else
        {
            Evaluate(left);
            EmitConstant(type, type == StackType.I32 ? int.MinValue : long.MinValue);
            _il.Emit(OpCodes.Beq, TrapAt(i, TrapReason.IntegerOverflow));
        }
        _il.MarkLabel(isOrdinary);
        Evaluate(left);
        Evaluate(right);
        EmitOperator(opcode, right);
        Assign(result);
        _il.MarkLabel(end);
        Push(Value.Of(result));
    }

    private static long Number(Value constant) => constant.Type == StackType.I32 ? (int)constant.Bits : constant.Bits;

    private void EmitTruncation(int i)
    {
        Opcode opcode = _instructions[i].Opcode;
        Value value = Pop();
        Variable number = NewVariable(StackType.F64);
        Variable reason = NewVariable(StackType.I32);
        Evaluate(value);
        // a float is exactly a double
        if (value.Type == StackType.F32)
            _il.Emit(OpCodes.Conv_R8);
        Assign(number);
        (System.Reflection.MethodInfo check, Opcode conversion) = opcode switch
        {
            Opcode.I32TruncF32S or Opcode.I32TruncF64S => (RuntimeMethods.CheckInt32, Opcode.I32TruncSatF64S),
            Opcode.I32TruncF32U or Opcode.I32TruncF64U => (RuntimeMethods.CheckUInt32, Opcode.I32TruncSatF64U),
            Opcode.I64TruncF32S or Opcode.I64TruncF64S => (RuntimeMethods.CheckInt64, Opcode.I64TruncSatF64S),
            _ => (RuntimeMethods.CheckUInt64, Opcode.I64TruncSatF64U),
        };
        Load(number);
        _il.Emit(OpCodes.Call, check);
        Assign(reason);
        EmitTrapFor(i, reason);
        Push(Value.Operation(conversion, OperatorShape.Result(conversion), Value.Of(number)));
    }

    /// <summary>Traps unless the reason is 0.</summary>
    private void EmitTrapFor(int i, Variable reason)
    {
        Label ok = _il.DefineLabel();
        _trap ??= _il.DefineLabel();
        Load(reason);
        _il.Emit(OpCodes.Brfalse, ok);
        Load(reason);
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Ldc_I8, TrapOf(i, 0));
        _il.Emit(OpCodes.Or);
        _il.Emit(OpCodes.Stloc, TrapLocal);
        _il.Emit(OpCodes.Br, _trap.Value);
        _il.MarkLabel(ok);
    }

    /// <summary>An operator without side effects, on what lies on the evaluation stack.</summary>
    private void EmitOperator(Opcode opcode, Value? right)
    {
        if (OperatorShape.IsComparison(opcode))
        {
            Comparisons.Emit(_il, opcode);
            return;
        }
        switch (opcode)
        {
            case Opcode.I32Eqz:
                _il.Emit(OpCodes.Ldc_I4_0);
                _il.Emit(OpCodes.Ceq);
                break;
            case Opcode.I64Eqz:
                _il.Emit(OpCodes.Ldc_I8, 0L);
                _il.Emit(OpCodes.Ceq);
                break;
            case var _ when IsShift(opcode):
                EmitShift(opcode, right!);
                break;
            case Opcode.I64Rotl or Opcode.I64Rotr:
                _il.Emit(OpCodes.Conv_I4);
                _il.Emit(OpCodes.Call, RuntimeMethods.Of(opcode)!);
                break;
            case (>= Opcode.I32WrapI64 and <= Opcode.I64Extend32S) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U):
                EmitConversion(opcode);
                break;
            default:
                if (RuntimeMethods.Of(opcode) is { } method)
                {
                    _il.Emit(OpCodes.Call, method);
                    if (opcode is Opcode.I64Clz or Opcode.I64Ctz or Opcode.I64Popcnt)
                        _il.Emit(OpCodes.Conv_U8);
                }
                else
                {
                    _il.Emit(Arithmetic(opcode));
                }
                break;
        }
    }

    private static bool IsRotation(Value value) =>
        value is { Kind: ValueKind.Operation, Opcode: Opcode.I32Rotl or Opcode.I32Rotr or Opcode.I64Rotl or Opcode.I64Rotr };

    // what the rotation is mixed with comes last, so that it is not the rotation that is compared with zero (see CompiledNumerics)
    private void EvaluateMixedRotation(Value rotation)
    {
        EvaluateOperands(rotation);
        if (rotation.Type == StackType.I64)
            _il.Emit(OpCodes.Conv_I4);
        _il.Emit(OpCodes.Call, RuntimeMethods.RotationOf(rotation.Opcode));
    }

    private static bool IsShift(Opcode opcode) =>
        opcode is Opcode.I32Shl or Opcode.I32ShrS or Opcode.I32ShrU or Opcode.I64Shl or Opcode.I64ShrS or Opcode.I64ShrU;

    // the processor's shifts take the count modulo the width, which the JIT knows; a constant count has not been evaluated
    private void EmitShift(Opcode opcode, Value right)
    {
        bool isLong = opcode >= Opcode.I64Shl;
        int mask = isLong ? 63 : 31;
        if (right.Kind == ValueKind.Constant)
        {
            _il.Emit(OpCodes.Ldc_I4, (int)right.Bits & mask);
        }
        else
        {
            if (isLong)
                _il.Emit(OpCodes.Conv_I4);
            _il.Emit(OpCodes.Ldc_I4, mask);
            _il.Emit(OpCodes.And);
        }
        _il.Emit(opcode switch
        {
            Opcode.I32Shl or Opcode.I64Shl => OpCodes.Shl,
            Opcode.I32ShrS or Opcode.I64ShrS => OpCodes.Shr,
            _ => OpCodes.Shr_Un,
        });
    }

    private static OpCode Arithmetic(Opcode opcode) => opcode switch
    {
        Opcode.I32Add or Opcode.I64Add or Opcode.F32Add or Opcode.F64Add => OpCodes.Add,
        Opcode.I32Sub or Opcode.I64Sub or Opcode.F32Sub or Opcode.F64Sub => OpCodes.Sub,
        Opcode.I32Mul or Opcode.I64Mul or Opcode.F32Mul or Opcode.F64Mul => OpCodes.Mul,
        Opcode.I32DivS or Opcode.I64DivS or Opcode.F32Div or Opcode.F64Div => OpCodes.Div,
        Opcode.I32DivU or Opcode.I64DivU => OpCodes.Div_Un,
        Opcode.I32RemS or Opcode.I64RemS => OpCodes.Rem,
        Opcode.I32RemU or Opcode.I64RemU => OpCodes.Rem_Un,
        Opcode.I32And or Opcode.I64And => OpCodes.And,
        Opcode.I32Or or Opcode.I64Or => OpCodes.Or,
        Opcode.I32Xor or Opcode.I64Xor => OpCodes.Xor,
        Opcode.F32Neg or Opcode.F64Neg => OpCodes.Neg,
        _ => throw new NotSupportedException($"the compiler does not know the operator {opcode}"),
    };
}
