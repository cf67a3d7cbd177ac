namespace Lunatic.Wasm.Text;

/// <summary>Element and data segments.</summary>
internal sealed partial class ModuleParser
{
    // bits of a segment's first number in the binary format (specification 5.5.12, 5.5.14)
    private const int PassiveOrDeclarative = 1;
    private const int ExplicitIndexOrDeclarative = 2;
    private const int Expressions = 4;

    private const byte FuncRef = 0x70;
    private const byte I32Const = 0x41;
    private const byte I64Const = 0x42;
    private const byte EndCode = 0x0B;
    private const byte RefFunc = 0xD2;

    private void Elements()
    {
        _tokens.OptionalId();
        bool declarative = _tokens.TryKeyword("declare"u8);
        uint table = 0;
        bool tableGiven = !declarative && _tokens.TryOpen("table"u8);
        if (tableGiven)
        {
            table = _scope.Tables.Read(_tokens);
            _tokens.Close();
        }
        var offset = new ByteBuffer();
        bool active = tableGiven || (!declarative && _tokens.Kind == TokenKind.Open && !_tokens.IsOpen("ref"u8));
        if (active)
            ParenthesisedExpression("offset"u8, offset);
        var type = new ByteBuffer();
        var items = new ByteBuffer();
        // the keyword may be left out in active segments of the first table
        bool functions = _tokens.TryKeyword("func"u8) || (active && !tableGiven && !_types.IsValueType);
        if (!functions)
            _types.ReferenceType(type);
        uint count = functions ? FunctionItems(items) : ExpressionItems(items);
        int kind = active ? (tableGiven ? ExplicitIndexOrDeclarative : 0)
            : declarative ? PassiveOrDeclarative | ExplicitIndexOrDeclarative
            : PassiveOrDeclarative;
        WriteElements(kind, table, offset, type, items, count);
    }

    /// <summary>The elements inside a table's definition; returns their number, which is the table's size.</summary>
    private uint InlineElements(ByteBuffer type, int addressFlag)
    {
        var items = new ByteBuffer();
        bool functions = _tokens.Kind != TokenKind.Open;
        uint count = functions ? FunctionItems(items) : ExpressionItems(items);
        if (functions && !type.Written.SequenceEqual([FuncRef]))
        {
            // indices stand for functions only in a segment of type funcref: write them out
            ByteBuffer indices = items;
            items = new ByteBuffer();
            WriteAsExpressions(indices, items);
            functions = false;
        }
        var offset = new ByteBuffer();
        WriteZeroOffset(offset, addressFlag);
        WriteElements(ExplicitIndexOrDeclarative, _table, offset, functions ? new ByteBuffer() : type, items, count);
        return count;
    }

    private void WriteElements(int kind, uint table, ByteBuffer offset, ByteBuffer type, ByteBuffer items, uint count)
    {
        ByteBuffer output = _sections.Elements.Items;
        bool expressions = type.Length > 0;
        // only funcref may be left out
        if (kind == 0 && expressions && !type.Written.SequenceEqual([FuncRef]))
            kind = ExplicitIndexOrDeclarative;
        output.WriteUnsigned((uint)(kind | (expressions ? Expressions : 0)));
        if (kind == ExplicitIndexOrDeclarative)
            output.WriteUnsigned(table);
        output.WriteBytes(offset.Written);
        if (kind != 0 && expressions)
            output.WriteBytes(type.Written);
        else if (kind != 0)
            output.WriteByte(0);
        output.WriteUnsigned(count);
        output.WriteBytes(items.Written);
        _sections.Elements.Count++;
    }

    private uint FunctionItems(ByteBuffer items)
    {
        uint count = 0;
        for (; _tokens.IsIndex; count++)
            items.WriteUnsigned(_scope.Functions.Read(_tokens));
        return count;
    }

    private uint ExpressionItems(ByteBuffer items)
    {
        uint count = 0;
        for (; _tokens.Kind == TokenKind.Open; count++)
            ParenthesisedExpression("item"u8, items);
        return count;
    }

    private static void WriteAsExpressions(ByteBuffer indices, ByteBuffer output)
    {
        ReadOnlySpan<byte> rest = indices.Written;
        while (!rest.IsEmpty)
        {
            int length = rest.IndexOfAnyInRange((byte)0, (byte)0x7F) + 1;
            output.WriteByte(RefFunc);
            output.WriteBytes(rest[..length]);
            output.WriteByte(EndCode);
            rest = rest[length..];
        }
    }

    private void Data()
    {
        _tokens.OptionalId();
        uint memory = 0;
        bool memoryGiven = _tokens.TryOpen("memory"u8);
        if (memoryGiven)
        {
            memory = _scope.Memories.Read(_tokens);
            _tokens.Close();
        }
        var offset = new ByteBuffer();
        bool active = memoryGiven || _tokens.Kind == TokenKind.Open;
        if (active)
            ParenthesisedExpression("offset"u8, offset);
        var bytes = new ByteBuffer();
        _tokens.Strings(bytes);
        WriteData(active, memory, offset, bytes);
    }

    /// <summary>The data inside a memory's definition; returns its length.</summary>
    private ulong InlineData(int addressFlag)
    {
        var bytes = new ByteBuffer();
        _tokens.Strings(bytes);
        var offset = new ByteBuffer();
        WriteZeroOffset(offset, addressFlag);
        WriteData(active: true, _memory, offset, bytes);
        return (ulong)bytes.Length;
    }

    private void WriteData(bool active, uint memory, ByteBuffer offset, ByteBuffer bytes)
    {
        ByteBuffer output = _sections.Data.Items;
        output.WriteUnsigned(!active ? (uint)PassiveOrDeclarative : memory == 0 ? 0u : ExplicitIndexOrDeclarative);
        if (memory != 0)
            output.WriteUnsigned(memory);
        output.WriteBytes(offset.Written);
        output.WriteSized(bytes);
        _sections.Data.Count++;
    }

    private static void WriteZeroOffset(ByteBuffer output, int addressFlag) =>
        output.WriteBytes([addressFlag == 0 ? I32Const : I64Const, 0, EndCode]);
}
