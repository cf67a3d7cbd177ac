using Lunatic.Wasm.Collections;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>Validates constant expressions.</summary>
/// <param name="context">Learns which functions are referenced.</param>
internal sealed class ConstantExpressionValidator(ValidationContext context)
{
    private readonly ModuleDefinition _module = context.Module;
    private readonly ArrayBuilder<WasmValueType> _operands = new();

    /// <summary>Checks that the expression is constant and leaves one value of the type.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="type">What it has to leave.</param>
    /// <param name="globals">Number of globals that it may read: those that have their value before it is evaluated.</param>
    public void Check(ConstantExpression expression, WasmValueType type, int globals)
    {
        _operands.Clear();
        foreach (ConstantInstruction instruction in expression.Instructions)
            CheckInstruction(instruction, globals);
        if (_operands.Count != 1)
            throw new WasmInvalidException($"type mismatch: a constant expression has to leave one value, this one leaves {_operands.Count}", expression.Offset);
        Pop(type, expression.Offset);
    }

    private void CheckInstruction(ConstantInstruction instruction, int globals)
    {
        int offset = instruction.Offset;
        switch (instruction.Opcode)
        {
            case Opcode.I32Const:
                _operands.Add(WasmValueType.I32);
                break;
            case Opcode.I64Const:
                _operands.Add(WasmValueType.I64);
                break;
            case Opcode.F32Const:
                _operands.Add(WasmValueType.F32);
                break;
            case Opcode.F64Const:
                _operands.Add(WasmValueType.F64);
                break;
            case Opcode.V128Const:
                _operands.Add(WasmValueType.V128);
                break;
            case Opcode.GlobalGet:
                _operands.Add(ReadableGlobal((int)instruction.Bits, globals, offset));
                break;
            case Opcode.RefNull:
                _operands.Add(instruction.Type);
                break;
            case Opcode.RefFunc:
                CheckFunction((int)instruction.Bits, offset);
                _operands.Add(WasmValueType.FuncRef);
                break;
            case Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul:
                CheckArithmetic(WasmValueType.I32, offset);
                break;
            case Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul:
                CheckArithmetic(WasmValueType.I64, offset);
                break;
            default:
                throw new WasmInvalidException("constant expression required", offset);
        }
    }

    /// <summary>Checks that there is such a function and marks it as referenced.</summary>
    public void CheckFunction(int function, int offset)
    {
        if ((uint)function >= (uint)_module.FunctionTypes.Length)
            throw new WasmInvalidException($"unknown function {function}", offset);
        context.AddReference(function);
    }

    private WasmValueType ReadableGlobal(int index, int globals, int offset)
    {
        if (index >= globals)
            throw new WasmInvalidException($"unknown global {index}", offset);
        WasmGlobalType global = _module.Globals[index];
        if (global.IsMutable)
            throw new WasmInvalidException("constant expression required", offset);
        if (index >= _module.ImportedGlobals)
            RequireExtended("a constant expression that reads a global of the module's own", offset);
        return global.ValueType;
    }

    private void CheckArithmetic(WasmValueType type, int offset)
    {
        RequireExtended("arithmetic in a constant expression", offset);
        Pop(type, offset);
        Pop(type, offset);
        _operands.Add(type);
    }

    private void RequireExtended(string what, int offset)
    {
        if (!_module.Features.ExtendedConstants)
            context.AddFeatureOff($"constant expression required: {what}", offset);
    }

    private void Pop(WasmValueType expected, int offset)
    {
        if (_operands.Count == 0 || !TypeMatching.Matches(_module, _operands.Last, expected))
            throw new WasmInvalidException($"type mismatch: {expected} is wanted in a constant expression", offset);
        _operands.RemoveLast();
    }
}
