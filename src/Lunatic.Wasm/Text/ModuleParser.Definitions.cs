using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Text;

/// <summary>Functions, tables, memories, globals and tags.</summary>
internal sealed partial class ModuleParser
{
    private const ulong PageSize = 65536;

    private void Function()
    {
        _tokens.OptionalId();
        if (InlineExportsAndImport(ExternalKind.Function, _function))
            return;
        IndexSpace locals = _instructions.Locals;
        locals.Clear();
        _sections.Functions.Items.WriteUnsigned(_typeUses.TypeUse(locals));
        _sections.Functions.Count++;
        var body = new ByteBuffer();
        Locals(locals, body);
        _instructions.Expression(body);
        _sections.Code.Items.WriteSized(body);
        _sections.Code.Count++;
        _names.AddLocals(_function++, locals.Names);
    }

    // neighbours of equal type are written as one entry
    private void Locals(IndexSpace locals, ByteBuffer body)
    {
        var entries = new ByteBuffer();
        uint count = 0, run = 0;
        byte[] type = [];
        var next = new ByteBuffer();
        while (_tokens.TryOpen("local"u8))
        {
            string? name = _tokens.OptionalId();
            while (name is not null || _types.IsValueType)
            {
                locals.Define(name, _tokens);
                next.Truncate(0);
                _types.ValueType(next);
                if (!next.Written.SequenceEqual(type))
                {
                    Flush();
                    type = next.ToArray();
                }
                run++;
                if (name is not null)
                    break;
            }
            _tokens.Close();
        }
        Flush();
        body.WriteUnsigned(count);
        body.WriteBytes(entries.Written);

        void Flush()
        {
            if (run == 0)
                return;
            entries.WriteUnsigned(run);
            entries.WriteBytes(type);
            count++;
            run = 0;
        }
    }

    private void Table()
    {
        _tokens.OptionalId();
        if (InlineExportsAndImport(ExternalKind.Table, _table))
            return;
        ByteBuffer output = _sections.Tables.Items;
        int position = _tokens.Position;
        int flags = _types.AddressTypeFlag();
        if (_types.IsValueType)
        {
            TableWithElements(flags);
        }
        else
        {
            _tokens.Position = position;
            TableWithLimits(output);
        }
        _sections.Tables.Count++;
        _table++;
    }

    private void TableWithLimits(ByteBuffer output)
    {
        var type = new ByteBuffer();
        _types.TableType(type);
        bool initialised = _tokens.Kind == TokenKind.Open;
        if (initialised)
            output.WriteBytes([0x40, 0x00]);
        output.WriteBytes(type.Written);
        if (initialised)
            _instructions.Expression(output);
    }

    private void TableWithElements(int flags)
    {
        var type = new ByteBuffer();
        _types.ReferenceType(type);
        _tokens.ExpectOpen("elem"u8);
        uint count = InlineElements(type, flags);
        _tokens.Close();
        ByteBuffer output = _sections.Tables.Items;
        output.WriteBytes(type.Written);
        WriteFixedLimits(output, flags, count);
    }

    private void Memory()
    {
        _tokens.OptionalId();
        if (InlineExportsAndImport(ExternalKind.Memory, _memory))
            return;
        ByteBuffer output = _sections.Memories.Items;
        int position = _tokens.Position;
        int flags = _types.AddressTypeFlag();
        if (_tokens.TryOpen("data"u8))
        {
            ulong length = InlineData(flags);
            _tokens.Close();
            WriteFixedLimits(output, flags, (length + PageSize - 1) / PageSize);
        }
        else
        {
            _tokens.Position = position;
            _types.Limits(output);
        }
        _sections.Memories.Count++;
        _memory++;
    }

    private static void WriteFixedLimits(ByteBuffer output, int flags, ulong size)
    {
        output.WriteByte((byte)(flags | 1));
        output.WriteUnsigned(size);
        output.WriteUnsigned(size);
    }

    private void Global()
    {
        _tokens.OptionalId();
        if (InlineExportsAndImport(ExternalKind.Global, _global))
            return;
        _types.GlobalType(_sections.Globals.Items);
        _instructions.Expression(_sections.Globals.Items);
        _sections.Globals.Count++;
        _global++;
    }

    private void Tag()
    {
        _tokens.OptionalId();
        if (InlineExportsAndImport(ExternalKind.Tag, _tag))
            return;
        TagType(_sections.Tags.Items);
        _sections.Tags.Count++;
        _tag++;
    }

    private void TagType(ByteBuffer output)
    {
        const byte Exception = 0;
        output.WriteByte(Exception);
        _instructions.Locals.Clear();
        output.WriteUnsigned(_typeUses.TypeUse(_instructions.Locals));
    }
}
