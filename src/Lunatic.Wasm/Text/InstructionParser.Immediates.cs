namespace Lunatic.Wasm.Text;

/// <summary>Instructions without instructions inside, with their immediates.</summary>
internal sealed partial class InstructionParser
{
    private void PlainOperator(TextOperator found, ByteBuffer output)
    {
        if (found.Immediate == Immediate.Select)
        {
            Select(found, output);
            return;
        }
        found.Write(output);
        switch (found.Immediate)
        {
            case Immediate.None:
                break;
            case Immediate.Label:
                output.WriteUnsigned(_labels.Read(tokens));
                break;
            case Immediate.LabelTable:
                LabelTable(output);
                break;
            case Immediate.Function:
                output.WriteUnsigned(scope.Functions.Read(tokens));
                break;
            case Immediate.IndirectCall:
                uint table = scope.Tables.ReadOptional(tokens);
                output.WriteUnsigned(typeUses.TypeUse(locals: null));
                output.WriteUnsigned(table);
                break;
            case Immediate.TypeIndex:
                output.WriteUnsigned(scope.Types.Read(tokens));
                break;
            case Immediate.Local:
                output.WriteUnsigned(Locals.Read(tokens));
                break;
            case Immediate.Global:
                output.WriteUnsigned(scope.Globals.Read(tokens));
                break;
            case Immediate.HeapType:
                types.HeapType(output);
                break;
            case Immediate.I32:
                output.WriteSigned(tokens.Integer(32));
                break;
            case Immediate.I64:
                output.WriteSigned(tokens.Integer(64));
                break;
            case Immediate.F32:
                output.WriteFixed(tokens.Float(FloatFormat.Single), 4);
                break;
            case Immediate.F64:
                output.WriteFixed(tokens.Float(FloatFormat.Double), 8);
                break;
            case Immediate.Vector or Immediate.Lanes or Immediate.Lane or Immediate.MemoryLane:
                VectorOperator(found, output);
                break;
            default:
                MemoryOrTableOperator(found, output);
                break;
        }
    }

    private void MemoryOrTableOperator(TextOperator found, ByteBuffer output)
    {
        switch (found.Immediate)
        {
            case Immediate.Table:
                output.WriteUnsigned(scope.Tables.ReadOptional(tokens));
                break;
            case Immediate.TableCopy:
                TwoOptional(scope.Tables, output);
                break;
            case Immediate.TableInit:
                SegmentInto(scope.Tables, scope.Elements, output);
                break;
            case Immediate.Element:
                output.WriteUnsigned(scope.Elements.Read(tokens));
                break;
            case Immediate.Memory:
                output.WriteUnsigned(scope.Memories.ReadOptional(tokens));
                break;
            case Immediate.MemoryCopy:
                TwoOptional(scope.Memories, output);
                break;
            case Immediate.MemoryInit:
                NeedsDataCount = true;
                SegmentInto(scope.Memories, scope.Data, output);
                break;
            case Immediate.Data:
                NeedsDataCount = true;
                output.WriteUnsigned(scope.Data.Read(tokens));
                break;
            case Immediate.MemoryArgument:
                MemoryArgument(found, output);
                break;
            default:
                throw new InvalidOperationException($"no parser for immediates of kind {found.Immediate}");
        }
    }

    private void LabelTable(ByteBuffer output)
    {
        var labels = new ByteBuffer();
        uint count = 0;
        do
        {
            labels.WriteUnsigned(_labels.Read(tokens));
            count++;
        }
        while (tokens.IsIndex);
        output.WriteUnsigned(count - 1);
        output.WriteBytes(labels.Written);
    }

    private void Select(TextOperator found, ByteBuffer output)
    {
        if (!tokens.IsOpen("result"u8))
        {
            found.Write(output);
            return;
        }
        var results = new ByteBuffer();
        uint count = 0;
        while (tokens.TryOpen("result"u8))
        {
            for (; types.IsValueType; count++)
                types.ValueType(results);
            tokens.Close();
        }
        // the typed select has the next opcode
        (found with { Code = (ushort)(found.Code + 1) }).Write(output);
        output.WriteUnsigned(count);
        output.WriteBytes(results.Written);
    }

    // both or none
    private void TwoOptional(IndexSpace space, ByteBuffer output)
    {
        bool given = tokens.IsIndex;
        output.WriteUnsigned(given ? space.Read(tokens) : 0);
        output.WriteUnsigned(given ? space.Read(tokens) : 0);
    }

    // in the text the target comes first and may be left out; in the binary format the segment comes first
    private void SegmentInto(IndexSpace targets, IndexSpace segments, ByteBuffer output)
    {
        bool given = tokens.IsIndex && tokens.IsNextIndex;
        uint target = given ? targets.Read(tokens) : 0;
        output.WriteUnsigned(segments.Read(tokens));
        output.WriteUnsigned(target);
    }

    private void MemoryArgument(TextOperator found, ByteBuffer output) => MemoryArgument(found, output, scope.Memories.ReadOptional(tokens));

    private void MemoryArgument(TextOperator found, ByteBuffer output, uint memory)
    {
        ulong offset = Assignment("offset="u8) ?? 0;
        int position = tokens.Position;
        uint alignment = found.Alignment;
        if (Assignment("align="u8) is ulong bytes)
        {
            if (!ulong.IsPow2(bytes))
            {
                tokens.Position = position;
                throw tokens.Error("alignment must be a power of two");
            }
            alignment = (uint)ulong.Log2(bytes);
        }
        const uint HasMemoryIndex = 0x40;
        output.WriteUnsigned(memory == 0 ? alignment : alignment | HasMemoryIndex);
        if (memory != 0)
            output.WriteUnsigned(memory);
        output.WriteUnsigned(offset);
    }

    private ulong? Assignment(ReadOnlySpan<byte> name)
    {
        if (tokens.Kind != TokenKind.Atom || !tokens.Text.StartsWith(name))
            return null;
        if (!IntegerLiteral.TryParse(tokens.Text[name.Length..], out bool signed, out _, out ulong value, out bool fits) || signed)
            throw tokens.Unexpected("a number");
        if (!fits)
            throw tokens.Error("i64 constant out of range");
        tokens.Position++;
        return value;
    }
}
