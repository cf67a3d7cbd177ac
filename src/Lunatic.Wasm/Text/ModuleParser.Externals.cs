using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Text;

/// <summary>Imports and exports, as fields and inline.</summary>
internal sealed partial class ModuleParser
{
    private void Import()
    {
        ImportName();
        _tokens.TryKind(TokenKind.Open);
        ExternalKind kind = ReadKind();
        _tokens.OptionalId();
        ImportedType(kind);
        _tokens.Close();
    }

    private void Export()
    {
        string name = _tokens.Name();
        if (!_tokens.TryKind(TokenKind.Open))
            throw _tokens.Unexpected("an exported func, table, memory, global or tag");
        ExternalKind kind = ReadKind();
        WriteExport(name, kind, SpaceOf(kind).Read(_tokens));
        _tokens.Close();
    }

    /// <summary>The exports behind the name of a definition, then its import; true when there is one.</summary>
    private bool InlineExportsAndImport(ExternalKind kind, uint index)
    {
        while (_tokens.TryOpen("export"u8))
        {
            WriteExport(_tokens.Name(), kind, index);
            _tokens.Close();
        }
        if (!_tokens.TryOpen("import"u8))
            return false;
        ImportName();
        _tokens.Close();
        ImportedType(kind);
        return true;
    }

    private void ImportName()
    {
        _sections.Imports.Items.WriteName(_tokens.Name());
        _sections.Imports.Items.WriteName(_tokens.Name());
        _sections.Imports.Count++;
    }

    private void ImportedType(ExternalKind kind)
    {
        ByteBuffer output = _sections.Imports.Items;
        output.WriteByte((byte)kind);
        switch (kind)
        {
            case ExternalKind.Function:
                _instructions.Locals.Clear();
                output.WriteUnsigned(_typeUses.TypeUse(_instructions.Locals));
                _names.AddLocals(_function++, _instructions.Locals.Names);
                break;
            case ExternalKind.Table:
                _types.TableType(output);
                _table++;
                break;
            case ExternalKind.Memory:
                _types.Limits(output);
                _memory++;
                break;
            case ExternalKind.Global:
                _types.GlobalType(output);
                _global++;
                break;
            default:
                TagType(output);
                _tag++;
                break;
        }
    }

    private void WriteExport(string name, ExternalKind kind, uint index)
    {
        ByteBuffer output = _sections.Exports.Items;
        output.WriteName(name);
        output.WriteByte((byte)kind);
        output.WriteUnsigned(index);
        _sections.Exports.Count++;
    }

    private ExternalKind ReadKind()
    {
        if (_tokens.TryKeyword("func"u8))
            return ExternalKind.Function;
        if (_tokens.TryKeyword("table"u8))
            return ExternalKind.Table;
        if (_tokens.TryKeyword("memory"u8))
            return ExternalKind.Memory;
        if (_tokens.TryKeyword("global"u8))
            return ExternalKind.Global;
        if (_tokens.TryKeyword("tag"u8))
            return ExternalKind.Tag;
        throw _tokens.Unexpected("func, table, memory, global or tag");
    }

    private IndexSpace SpaceOf(ExternalKind kind) => kind switch
    {
        ExternalKind.Function => _scope.Functions,
        ExternalKind.Table => _scope.Tables,
        ExternalKind.Memory => _scope.Memories,
        ExternalKind.Global => _scope.Globals,
        _ => _scope.Tags,
    };
}
