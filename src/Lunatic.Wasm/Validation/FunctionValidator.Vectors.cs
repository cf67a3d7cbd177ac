using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Validation;

// the operators on v128
internal sealed partial class FunctionValidator<TSink>
{
    private void CheckVector(in Operator op)
    {
        ref readonly VectorSignature signature = ref VectorSignature.Of(op.Opcode);
        CheckLanes(in op, in signature);
        switch (signature.Form)
        {
            case VectorForm.Load or VectorForm.Store or VectorForm.LoadLane or VectorForm.StoreLane:
                CheckVectorAccess(in op, in signature);
                break;
            case VectorForm.Constant:
                _operands.Push(WasmValueType.V128);
                break;
            case VectorForm.Splat:
                Pop(signature.Scalar, in op);
                _operands.Push(WasmValueType.V128);
                break;
            case VectorForm.ExtractLane:
                Pop(WasmValueType.V128, in op);
                _operands.Push(signature.Scalar);
                break;
            case VectorForm.ReplaceLane:
                Pop(signature.Scalar, in op);
                PopVectors(1, in op);
                break;
            case VectorForm.Shift:
                Pop(WasmValueType.I32, in op);
                PopVectors(1, in op);
                break;
            case VectorForm.Test:
                Pop(WasmValueType.V128, in op);
                _operands.Push(WasmValueType.I32);
                break;
            case VectorForm.Unary:
                PopVectors(1, in op);
                break;
            case VectorForm.Binary or VectorForm.Shuffle:
                PopVectors(2, in op);
                break;
            case VectorForm.Ternary:
                PopVectors(3, in op);
                break;
        }
    }

    // and pushes one
    private void PopVectors(int count, in Operator op)
    {
        for (int i = 0; i < count; i++)
            Pop(WasmValueType.V128, in op);
        _operands.Push(WasmValueType.V128);
    }

    private void CheckVectorAccess(in Operator op, in VectorSignature signature)
    {
        WasmValueType address = CheckMemoryArgument(in op, signature.Alignment);
        if (signature.Form != VectorForm.Load)
            Pop(WasmValueType.V128, in op);
        Pop(address, in op);
        if (signature.Form is VectorForm.Load or VectorForm.LoadLane)
            _operands.Push(WasmValueType.V128);
    }

    private void CheckLanes(in Operator op, in VectorSignature signature)
    {
        if (signature.Lanes == 0)
            return;
        bool valid = signature.Form == VectorForm.Shuffle
            ? AreBelow(op.Immediate, signature.Lanes) && AreBelow(op.High, signature.Lanes)
            : op.High < signature.Lanes;
        if (!valid)
            throw Invalid("invalid lane index", in op);
    }

    // whether all eight bytes are below a power of two
    private static bool AreBelow(long bytes, int limit) => ((ulong)bytes & (0x0101_0101_0101_0101u * (ulong)(byte)-limit)) == 0;
}
