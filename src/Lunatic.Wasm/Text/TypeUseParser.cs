namespace Lunatic.Wasm.Text;

/// <summary>Parses type uses: <c>(type x)</c>, parameters and results, each optional, in this order.</summary>
internal sealed class TypeUseParser(TokenReader tokens, ModuleScope scope, TypeParser types)
{
    private readonly Signature _signature = new();

    /// <summary>
    /// Parses a type use and returns its type's index. With <paramref name="locals"/> parameters may have names, which are defined there
    /// (all parameters are, if only the type is named).
    /// </summary>
    public uint TypeUse(IndexSpace? locals)
    {
        uint? named = Parse(locals);
        if (named is not uint index)
            return scope.FunctionTypes.FindOrAdd(_signature);
        if (_signature.IsEmpty)
            locals?.Skip(scope.FunctionTypes.ParameterCount(index));
        return index;
    }

    /// <summary>Parses a block's type use and writes it: nothing, a single result, or a type index.</summary>
    public void BlockType(ByteBuffer output)
    {
        uint? named = Parse(locals: null);
        if (named is uint index)
            output.WriteSigned(index);
        else if (_signature.IsEmpty)
            output.WriteByte(0x40);
        else if (_signature.ParameterCount == 0 && _signature.ResultCount == 1)
            output.WriteBytes(_signature.Results.Written);
        else
            output.WriteSigned(scope.FunctionTypes.FindOrAdd(_signature));
    }

    /// <summary>Parses parameters and results of a type definition.</summary>
    public Signature FunctionType()
    {
        _signature.Clear();
        Parameters(new IndexSpace("local"));
        Results();
        return _signature;
    }

    private uint? Parse(IndexSpace? locals)
    {
        _signature.Clear();
        uint? index = null;
        int position = tokens.Position;
        if (tokens.TryOpen("type"u8))
        {
            index = scope.Types.Read(tokens);
            tokens.Close();
        }
        Parameters(locals);
        Results();
        // said first, because a misplaced part makes the others differ from the named type
        if (tokens.IsOpen("type"u8) || tokens.IsOpen("param"u8))
            throw tokens.Unexpected("the parts of a type in the order type, param, result");
        if (index is uint named && !_signature.IsEmpty && !scope.FunctionTypes.Matches(named, _signature))
        {
            tokens.Position = position;
            throw tokens.Error(named < scope.FunctionTypes.Count
                ? "inline function type does not match the named type"
                : $"unknown type {named}");
        }
        return index;
    }

    private void Parameters(IndexSpace? locals)
    {
        while (tokens.TryOpen("param"u8))
        {
            if (locals is not null && tokens.OptionalId() is string name)
            {
                locals.Define(name, tokens);
                types.ValueType(_signature.Parameters);
                _signature.ParameterCount++;
            }
            else
            {
                for (; types.IsValueType; _signature.ParameterCount++)
                {
                    types.ValueType(_signature.Parameters);
                    locals?.Define(name: null, tokens);
                }
            }
            tokens.Close();
        }
    }

    private void Results()
    {
        while (tokens.TryOpen("result"u8))
        {
            for (; types.IsValueType; _signature.ResultCount++)
                types.ValueType(_signature.Results);
            tokens.Close();
        }
    }
}
