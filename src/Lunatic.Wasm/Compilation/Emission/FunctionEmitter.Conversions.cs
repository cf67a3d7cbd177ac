using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

// conversions between numbers
internal sealed unsafe partial class FunctionEmitter
{
    private void EmitConversion(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.I32WrapI64 or Opcode.I32TruncSatF32S or Opcode.I32TruncSatF64S:
                _il.Emit(OpCodes.Conv_I4);
                break;
            case Opcode.I32TruncSatF32U or Opcode.I32TruncSatF64U:
                _il.Emit(OpCodes.Conv_U4);
                break;
            case Opcode.I64ExtendI32S or Opcode.I64TruncSatF32S or Opcode.I64TruncSatF64S:
                _il.Emit(OpCodes.Conv_I8);
                break;
            case Opcode.I64ExtendI32U or Opcode.I64TruncSatF32U or Opcode.I64TruncSatF64U:
                _il.Emit(OpCodes.Conv_U8);
                break;
            case Opcode.I32Extend8S:
                _il.Emit(OpCodes.Conv_I1);
                break;
            case Opcode.I32Extend16S:
                _il.Emit(OpCodes.Conv_I2);
                break;
            case Opcode.I64Extend8S:
                _il.Emit(OpCodes.Conv_I1);
                _il.Emit(OpCodes.Conv_I8);
                break;
            case Opcode.I64Extend16S:
                _il.Emit(OpCodes.Conv_I2);
                _il.Emit(OpCodes.Conv_I8);
                break;
            case Opcode.I64Extend32S:
                _il.Emit(OpCodes.Conv_I4);
                _il.Emit(OpCodes.Conv_I8);
                break;
            case Opcode.F32ConvertI32S or Opcode.F32ConvertI64S:
                _il.Emit(OpCodes.Conv_R4);
                break;
            case Opcode.F32ConvertI32U:
                _il.Emit(OpCodes.Conv_U8);
                _il.Emit(OpCodes.Conv_R4);
                break;
            case Opcode.F64ConvertI32S or Opcode.F64ConvertI64S:
                _il.Emit(OpCodes.Conv_R8);
                break;
            case Opcode.F64ConvertI32U:
                _il.Emit(OpCodes.Conv_U8);
                _il.Emit(OpCodes.Conv_R8);
                break;
            default:
                _il.Emit(OpCodes.Call, RuntimeMethods.Of(opcode) ?? throw new NotSupportedException($"the compiler does not know the operator {opcode}"));
                break;
        }
    }
}
