using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Validation;

// locals, globals, drop, select, references, saturating conversions
internal sealed partial class FunctionValidator<TSink>
{
    // locals that start without a value (non-null references) and have been set since; innermost last
    private readonly List<int> _initialized = [];
    private readonly HashSet<int> _isInitialized = [];

    private void CheckLocal(in Operator op)
    {
        if ((uint)op.A >= (uint)_locals.Count)
            throw Invalid($"unknown local {(uint)op.A}", in op);
        WasmValueType type = _locals[op.A];
        if (op.Opcode == Opcode.LocalGet)
        {
            if (_locals.HasUninitialized && !type.IsDefaultable && op.A >= _locals.ParameterCount && !_isInitialized.Contains(op.A))
                throw Invalid($"uninitialized local {op.A}", in op);
            _operands.Push(type);
            return;
        }
        Pop(type, in op);
        if (op.Opcode == Opcode.LocalTee)
            _operands.Push(type);
        if (_locals.HasUninitialized && !type.IsDefaultable && _isInitialized.Add(op.A))
            _initialized.Add(op.A);
    }

    private void ForgetInitialized(int height)
    {
        for (int i = _initialized.Count - 1; i >= height; i--)
        {
            _isInitialized.Remove(_initialized[i]);
            _initialized.RemoveAt(i);
        }
    }

    private void CheckParametric(in Operator op)
    {
        switch (op.Opcode)
        {
            case Opcode.Drop:
                PopAny(in op);
                break;
            case Opcode.Select:
                CheckSelect(in op);
                break;
            case Opcode.SelectTyped:
                if (op.A != 1)
                    throw Invalid("invalid result arity", in op);
                RequireFeatures(op.Type, op.Offset);
                Pop(WasmValueType.I32, in op);
                Pop(op.Type, in op);
                Pop(op.Type, in op);
                _operands.Push(op.Type);
                break;
            case Opcode.GlobalGet:
                _operands.Push(Global(in op).ValueType);
                break;
            case Opcode.GlobalSet:
                WasmGlobalType global = Global(in op);
                if (!global.IsMutable)
                    throw Invalid("immutable global", in op);
                Pop(global.ValueType, in op);
                break;
        }
    }

    private void CheckSelect(in Operator op)
    {
        Pop(WasmValueType.I32, in op);
        WasmValueType second = PopAny(in op);
        WasmValueType first = PopAny(in op);
        if (first.IsReference || second.IsReference)
            throw Invalid("type mismatch: select without a type is for numbers and vectors", in op);
        if (first != second && first != default && second != default)
            throw Invalid($"type mismatch: select between {first} and {second}", in op);
        _operands.Push(first == default ? second : first);
    }

    private WasmGlobalType Global(in Operator op) =>
        (uint)op.A < (uint)_module.Globals.Length ? _module.Globals[op.A] : throw Invalid($"unknown global {(uint)op.A}", in op);

    private void CheckReference(in Operator op)
    {
        switch (op.Opcode)
        {
            case Opcode.RefNull:
                RequireFeatures(op.Type, op.Offset);
                if (op.Type.HeapType >= _module.Types.Length)
                    throw Invalid($"unknown type {op.Type.HeapType}", in op);
                _operands.Push(op.Type);
                break;
            case Opcode.RefIsNull:
                WasmValueType type = PopAny(in op);
                if (type != default && !type.IsReference)
                    throw Invalid($"type mismatch: a reference is wanted, there is {type}", in op);
                _operands.Push(WasmValueType.I32);
                break;
            case Opcode.RefFunc:
                if ((uint)op.A >= (uint)_module.FunctionTypes.Length)
                    throw Invalid($"unknown function {(uint)op.A}", in op);
                if (!context.IsReferenced(op.A))
                    throw Invalid("undeclared function reference", in op);
                _operands.Push(WasmValueType.FuncRef);
                break;
        }
    }

    private void CheckSaturating(in Operator op)
    {
        bool is64 = op.Opcode >= Opcode.I64TruncSatF32S;
        bool fromF64 = op.Opcode is Opcode.I32TruncSatF64S or Opcode.I32TruncSatF64U or Opcode.I64TruncSatF64S or Opcode.I64TruncSatF64U;
        Pop(fromF64 ? WasmValueType.F64 : WasmValueType.F32, in op);
        _operands.Push(is64 ? WasmValueType.I64 : WasmValueType.I32);
    }
}
