using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>Reads arguments and result patterns in the text form of scripts.</summary>
internal sealed class TextScriptValues(TokenReader tokens)
{
    /// <summary>Reads an argument: a constant or a reference.</summary>
    public WasmValue Value()
    {
        if (tokens.TryOpen("ref.null"u8))
        {
            WasmValueType type = HeapType() ?? throw tokens.Unexpected("func or extern");
            tokens.Close();
            return NullReference(type);
        }
        if (tokens.TryOpen("ref.extern"u8) || tokens.TryOpen("ref.host"u8))
        {
            var reference = new HostReference(tokens.Unsigned32());
            tokens.Close();
            return WasmValue.FromExternRef(reference);
        }
        return Number();
    }

    /// <summary>Reads what a result may be.</summary>
    public ResultPattern Pattern()
    {
        if (tokens.TryOpen("either"u8))
            return Either();
        if (tokens.TryOpen("ref.null"u8))
            return Closed(new ReferencePattern(HeapType(), IsNull: true));
        if (tokens.TryOpen("ref.func"u8))
            return Closed(new ReferencePattern(WasmValueType.FuncRef, IsNull: false));
        if (tokens.TryOpen("ref.extern"u8) || tokens.TryOpen("ref.host"u8))
        {
            ulong? number = tokens.IsIndex ? tokens.Unsigned32() : null;
            return Closed(new ReferencePattern(WasmValueType.ExternRef, IsNull: false, number));
        }
        if (tokens.TryOpen("v128.const"u8))
            return Closed(Vector());
        ResultPattern? nan = Nan(WasmValueType.F32, "f32.const"u8) ?? Nan(WasmValueType.F64, "f64.const"u8);
        return nan ?? new ExactPattern(Number());
    }

    /// <summary>The null reference of a type.</summary>
    public static WasmValue NullReference(WasmValueType type) =>
        type == WasmValueType.FuncRef ? WasmValue.FromFuncRef(null) : WasmValue.FromExternRef(null);

    private EitherPattern Either()
    {
        var alternatives = new List<ResultPattern>();
        while (tokens.Kind == TokenKind.Open)
        {
            if (tokens.IsOpen("either"u8))
                throw tokens.Unexpected("an alternative that is no choice itself");
            alternatives.Add(Pattern());
        }
        return Closed(new EitherPattern([.. alternatives]));
    }

    private NanPattern? Nan(WasmValueType type, ReadOnlySpan<byte> constant)
    {
        int start = tokens.Position;
        if (!tokens.TryOpen(constant))
            return null;
        if (NanKeyword(type) is NanPattern nan)
            return Closed(nan);
        tokens.Position = start;
        return null;
    }

    private NanPattern? NanKeyword(WasmValueType type)
    {
        bool canonical = tokens.TryKeyword("nan:canonical"u8);
        return canonical || tokens.TryKeyword("nan:arithmetic"u8) ? new NanPattern(type, canonical) : null;
    }

    private ResultPattern Vector()
    {
        VectorShape shape = VectorShape.Read(tokens);
        var lanes = new VectorPattern.Lane[shape.Lanes];
        for (int i = 0; i < lanes.Length; i++)
        {
            NanPattern? nan = shape.IsFloat ? NanKeyword(VectorPattern.LaneType(shape)) : null;
            lanes[i] = nan is null ? new VectorPattern.Lane(shape.ReadLane(tokens), null) : new VectorPattern.Lane(0, nan);
        }
        return VectorPattern.Of(shape, lanes);
    }

    private WasmValue Number()
    {
        WasmValue value;
        if (tokens.TryOpen("i32.const"u8))
            value = WasmValue.FromInt32((int)tokens.Integer(32));
        else if (tokens.TryOpen("i64.const"u8))
            value = WasmValue.FromInt64(tokens.Integer(64));
        else if (tokens.TryOpen("f32.const"u8))
            value = WasmValue.FromBits(WasmValueType.F32, tokens.Float(FloatFormat.Single));
        else if (tokens.TryOpen("f64.const"u8))
            value = WasmValue.FromBits(WasmValueType.F64, tokens.Float(FloatFormat.Double));
        else if (tokens.TryOpen("v128.const"u8))
            value = WasmValue.FromVector(tokens.Vector());
        else
            throw tokens.Unexpected("a constant");
        tokens.Close();
        return value;
    }

    private WasmValueType? HeapType()
    {
        if (tokens.TryKeyword("func"u8))
            return WasmValueType.FuncRef;
        return tokens.TryKeyword("extern"u8) ? WasmValueType.ExternRef : null;
    }

    private T Closed<T>(T pattern)
    {
        tokens.Close();
        return pattern;
    }
}
