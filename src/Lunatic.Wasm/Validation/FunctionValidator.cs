using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>
/// Decodes and validates function bodies (specification, appendix "Validation Algorithm") and tells the sink what it finds. The only one that does:
/// what runs or compiles bodies is a sink. The stacks are kept from function to function and no operator allocates.
/// This file has the driver and the operand stack; the families of operators have their own.
/// </summary>
internal sealed partial class FunctionValidator<TSink>(ValidationContext context, TSink sink)
    where TSink : struct, IFunctionSink
{
    // from how many operands on a list of types is handled as a whole
    private const int LongList = 8;

    private readonly ModuleDefinition _module = context.Module;
    private readonly OperandStack _operands = new();
    private readonly LocalTypes _locals = new();
    private TSink _sink = sink;
    private int _function;

    // of the innermost block: the height of its operands and whether what lies below them may be anything
    private int _floor;
    private bool _polymorphic;

    // whether control can come here; in code that the specification calls unreachable it cannot, nor after a block that nothing leaves
    private bool _live;

    /// <summary>The sink, with what it has gathered.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>The most slots that operands of the last function take.</summary>
    public int MaxOperandSlots => _operands.MaxSlots;

    /// <summary>Validates one of the module's own functions.</summary>
    /// <param name="own">Its index without the imports.</param>
    /// <exception cref="WasmMalformedException">The body cannot be decoded.</exception>
    /// <exception cref="WasmInvalidException">The body is not valid.</exception>
    public void Validate(int own)
    {
        FunctionDefinition definition = _module.Functions[own];
        _function = _module.ImportedFunctions + own;
        WasmFunctionType type = _module.FunctionTypes[_function];
        var body = new ByteReader(_module.Bytes.Span, definition.BodyStart, definition.BodyEnd);
        _locals.Read(type, ref body);
        CheckLocalFeatures(definition.BodyStart);
        _operands.Clear();
        ForgetInitialized(0);
        _controlCount = 0;
        _live = true;
        if (TSink.Observes)
            _sink.Begin(new FunctionFacts(_module, _function, type, _locals, body.Position), _operands);
        PushBlock(Opcode.Block, type);
        var reader = new OperatorReader(body, _module.DataCount is not null);
        Operator op = default;
        while (_controlCount > 0)
        {
            if (reader.AtEnd)
                throw MissingEnd(own, definition);
            reader.Read(ref op);
            Check(in op);
        }
        if (!reader.AtEnd)
            throw new WasmMalformedException("section size mismatch: bytes after the end of a function", reader.Position);
    }

    private WasmMalformedException MissingEnd(int own, FunctionDefinition definition) => new(
        own + 1 < _module.Functions.Length ? "END opcode expected" : "unexpected end of section or function", definition.BodyEnd);

    private void Check(in Operator op)
    {
        Opcode opcode = op.Opcode;
        if (opcode is >= Opcode.I32Eqz and <= Opcode.I64Extend32S)
        {
            Observe(in op);
            ref readonly NumericSignature signature = ref NumericSignature.Of(opcode);
            Pop(signature.Operand, in op);
            if (signature.IsBinary)
                Pop(signature.Operand, in op);
            _operands.Push(signature.Result);
            return;
        }
        if (opcode is >= Opcode.I32Load and <= Opcode.I64Store32)
        {
            Observe(in op);
            CheckMemoryAccess(in op);
            return;
        }
        switch (opcode)
        {
            case Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee:
                Observe(in op);
                CheckLocal(in op);
                break;
            case Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const:
                Observe(in op);
                _operands.Push(ConstantType(opcode));
                break;
            case <= Opcode.CallIndirect:
                CheckControl(in op);
                break;
            case Opcode.Drop or Opcode.Select or Opcode.SelectTyped or Opcode.GlobalGet or Opcode.GlobalSet:
                Observe(in op);
                CheckParametric(in op);
                break;
            case Opcode.RefNull or Opcode.RefIsNull or Opcode.RefFunc:
                Observe(in op);
                CheckReference(in op);
                break;
            case >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U:
                Observe(in op);
                CheckSaturating(in op);
                break;
            case >= Opcode.V128Load:
                Observe(in op);
                CheckVector(in op);
                break;
            case Opcode.MemorySize or Opcode.MemoryGrow or (>= Opcode.MemoryInit and <= Opcode.MemoryFill):
                Observe(in op);
                CheckMemory(in op);
                break;
            default:
                Observe(in op);
                CheckTable(in op);
                break;
        }
    }

    private void Observe(in Operator op)
    {
        if (TSink.Observes && _live)
            _sink.Operator(in op, _operands);
    }

    private void Pop(WasmValueType expected, in Operator op)
    {
        if (_operands.Count > _floor && _operands.Peek() == expected)
            _operands.Pop();
        else
            Expect(PopAny(in op), expected, in op);
    }

    // bottom (the default type) stands for an operand that unreachable code takes from nowhere
    private WasmValueType PopAny(in Operator op)
    {
        if (_operands.Count > _floor)
            return _operands.Pop();
        if (_polymorphic)
            return default;
        throw Invalid("type mismatch: an operand is missing", in op);
    }

    // long lists of types are compared and copied as a whole, so that an operator of two bytes cannot cost thousands of steps
    private void Pop(ReadOnlySpan<WasmValueType> types, int slots, in Operator op)
    {
        if (types.Length > LongList && HasOnTop(types))
        {
            _operands.Truncate(_operands.Count - types.Length, _operands.Slots - slots);
            return;
        }
        for (int i = types.Length - 1; i >= 0; i--)
            Pop(types[i], in op);
    }

    private void Push(ReadOnlySpan<WasmValueType> types, int slots)
    {
        if (types.Length > LongList)
        {
            _operands.Push(types, slots);
            return;
        }
        foreach (WasmValueType type in types)
            _operands.Push(type);
    }

    private bool HasOnTop(ReadOnlySpan<WasmValueType> types) => _operands.Count - _floor >= types.Length && _operands.HasOnTop(types);

    // that the operands on top have these types, leaving them there
    private void CheckTop(ReadOnlySpan<WasmValueType> types, in Operator op)
    {
        if (types.Length > LongList && HasOnTop(types))
            return;
        int there = _operands.Count - _floor;
        if (there < types.Length && !_polymorphic)
            throw Invalid("type mismatch: an operand is missing", in op);
        for (int depth = 0; depth < types.Length && depth < there; depth++)
            Expect(_operands.Peek(depth), types[^(depth + 1)], in op);
    }

    private void Expect(WasmValueType actual, WasmValueType expected, in Operator op)
    {
        if (!TypeMatching.Matches(_module, actual, expected))
            throw Invalid($"type mismatch: {expected} is wanted, there is {actual}", in op);
    }

    private static WasmValueType ConstantType(Opcode opcode) => opcode switch
    {
        Opcode.I32Const => WasmValueType.I32,
        Opcode.I64Const => WasmValueType.I64,
        Opcode.F32Const => WasmValueType.F32,
        _ => WasmValueType.F64,
    };

    private void RequireFeatures(WasmValueType type, int offset)
    {
        if (type != default && !ValueTypeReader.IsBasic(type) && !_module.Features.TypedReferences)
            context.AddFeatureOff($"the typed reference {type}", offset);
    }

    private void CheckLocalFeatures(int offset)
    {
        for (int i = 0; i < _locals.DeclarationCount; i++)
            RequireFeatures(_locals.DeclaredType(i), offset);
    }

    private WasmInvalidException Invalid(string message, in Operator op) => Invalid(message, op.Offset);

    private WasmInvalidException Invalid(string message, int offset) =>
        new(message, offset, _function, ModuleNames.Read(_module).Functions.GetValueOrDefault(_function));
}
