namespace Lunatic.Wasm.Text;

/// <summary>Declares what the fields of a module define, so that identifiers can be used before their definition.</summary>
internal sealed class ModuleFields(TokenReader tokens, ModuleScope scope, TypeParser types, TypeUseParser typeUses)
{
    private readonly List<int> _typeFields = [];
    private string? _firstDefinition;
    private bool _started;

    /// <summary>Goes over all fields up to the end of the module, then parses the type definitions.</summary>
    public void Declare()
    {
        while (tokens.Kind == TokenKind.Open)
        {
            int start = tokens.Position++;
            if (!DeclareField(start))
                throw tokens.Unexpected("a field of a module");
            tokens.Position = start;
            tokens.SkipGroup();
        }
        int end = tokens.Position;
        foreach (int field in _typeFields)
            DefineType(field);
        tokens.Position = end;
    }

    /// <summary>Whether the definition at the current token, behind its name, is an import (exports may come first).</summary>
    public static bool IsInlineImport(TokenReader tokens)
    {
        int position = tokens.Position;
        while (tokens.IsOpen("export"u8))
            tokens.SkipGroup();
        bool found = tokens.IsOpen("import"u8);
        tokens.Position = position;
        return found;
    }

    private bool DeclareField(int start)
    {
        if (tokens.TryKeyword("type"u8))
        {
            scope.Types.Define(tokens.OptionalId(), tokens);
            _typeFields.Add(start);
        }
        else if (tokens.TryKeyword("import"u8))
        {
            DeclareImport(start);
        }
        else if (tokens.TryKeyword("elem"u8))
        {
            scope.Elements.Define(tokens.OptionalId(), tokens);
        }
        else if (tokens.TryKeyword("data"u8))
        {
            scope.Data.Define(tokens.OptionalId(), tokens);
        }
        else if (tokens.TryKeyword("start"u8))
        {
            if (_started)
                throw tokens.Error("multiple start sections");
            _started = true;
        }
        else if (!tokens.TryKeyword("export"u8))
        {
            return DeclareDefinition(start);
        }
        return true;
    }

    private void DeclareImport(int start)
    {
        CheckImportOrder(start);
        tokens.Name();
        tokens.Name();
        if (!tokens.TryKind(TokenKind.Open) || SpaceOf(out _) is not IndexSpace space)
            throw tokens.Unexpected("an imported func, table, memory, global or tag");
        space.Define(tokens.OptionalId(), tokens);
    }

    private bool DeclareDefinition(int start)
    {
        if (SpaceOf(out string kind) is not IndexSpace space)
            return false;
        space.Define(tokens.OptionalId(), tokens);
        if (IsInlineImport(tokens))
            CheckImportOrder(start);
        else
            DeclareBody(space, kind);
        return true;
    }

    private void DeclareBody(IndexSpace space, string kind)
    {
        _firstDefinition ??= kind;
        while (tokens.IsOpen("export"u8))
            tokens.SkipGroup();
        if (space == scope.Memories)
        {
            types.AddressTypeFlag();
            if (tokens.IsOpen("data"u8))
                scope.Data.Define(name: null, tokens);
        }
        else if (space == scope.Tables)
        {
            types.AddressTypeFlag();
            if (types.IsValueType)
                scope.Elements.Define(name: null, tokens);
        }
    }

    private IndexSpace? SpaceOf(out string kind)
    {
        (kind, IndexSpace? space) = tokens switch
        {
            _ when tokens.TryKeyword("func"u8) => ("function", scope.Functions),
            _ when tokens.TryKeyword("table"u8) => ("table", scope.Tables),
            _ when tokens.TryKeyword("memory"u8) => ("memory", scope.Memories),
            _ when tokens.TryKeyword("global"u8) => ("global", scope.Globals),
            _ when tokens.TryKeyword("tag"u8) => ("tag", scope.Tags),
            _ => ("", (IndexSpace?)null),
        };
        return space;
    }

    private void CheckImportOrder(int start)
    {
        if (_firstDefinition is null)
            return;
        tokens.Position = start;
        throw tokens.Error($"import after {_firstDefinition}");
    }

    private void DefineType(int field)
    {
        tokens.Position = field + 2;
        tokens.OptionalId();
        if (tokens.IsOpen("sub"u8) || tokens.IsOpen("struct"u8) || tokens.IsOpen("array"u8))
            throw tokens.Error("types of WebAssembly 3.0 (sub, struct, array) are not supported yet");
        tokens.ExpectOpen("func"u8);
        scope.FunctionTypes.Add(typeUses.FunctionType());
        tokens.Close();
        tokens.Close();
    }
}
