using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>Validates whole modules (specification, 3.4 "Modules").</summary>
internal sealed class ModuleValidator
{
    private readonly ModuleDefinition _module;
    private readonly ValidationContext _context;
    private readonly ConstantExpressionValidator _constants;

    private ModuleValidator(ModuleDefinition module)
    {
        _module = module;
        _context = new ValidationContext(module);
        _constants = new ConstantExpressionValidator(_context);
    }

    /// <summary>The module of <paramref name="decoded"/> if it is valid.</summary>
    /// <exception cref="WasmMalformedException">A function body cannot be decoded.</exception>
    /// <exception cref="WasmInvalidException">The module is not valid.</exception>
    public static ModuleDefinition Validate(DecodedModule decoded)
    {
        ModuleDefinition module = decoded.Module;
        try
        {
            if (decoded.Invalid is not null)
                throw decoded.Invalid;
            var validator = new ModuleValidator(module);
            validator.CheckAll();
            if ((decoded.FeatureOff ?? validator._context.FeatureOff) is { } featureOff)
                throw featureOff;
        }
        catch (WasmInvalidException)
        {
            // decoding comes before validation: a body that cannot be decoded is the module's first fault, wherever it is
            FunctionBodies.CheckWellFormed(module);
            throw;
        }
        return module;
    }

    private void CheckAll()
    {
        CheckTables();
        CheckMemories();
        CheckGlobals();
        CheckElements();
        CheckData();
        CheckStart();
        CheckExports();
        FunctionBodies.Validate(_context);
    }

    private void CheckTables()
    {
        for (int i = 0; i < _module.Tables.Length; i++)
        {
            WasmTableType table = _module.Tables[i];
            int offset = _module.Offsets.Tables[i];
            ulong limit = table.IndexType == WasmValueType.I64 ? ulong.MaxValue : ModuleLimits.TableElements32;
            CheckLimits(table.Limits, limit, "table size must be at most 2^32-1", offset);
            ConstantExpression? initial = i < _module.ImportedTables ? null : _module.TableInitializers[i - _module.ImportedTables];
            if (initial is not null)
                _constants.Check(initial, table.ElementType, _module.ImportedGlobals);
            else if (i >= _module.ImportedTables && !table.ElementType.IsDefaultable)
                throw new WasmInvalidException("type mismatch: the elements of the table have no initial value", offset);
        }
    }

    private void CheckMemories()
    {
        for (int i = 0; i < _module.Memories.Length; i++)
        {
            WasmMemoryType memory = _module.Memories[i];
            int offset = _module.Offsets.Memories[i];
            bool is64 = memory.IndexType == WasmValueType.I64;
            CheckLimits(
                memory.Limits,
                is64 ? ModuleLimits.Pages64 : ModuleLimits.Pages32,
                is64 ? "memory size must be at most 2^48 pages" : "memory size must be at most 65536 pages (4GiB)",
                offset);
            if (i == 1 && !_module.Features.MultiMemory)
                _context.AddFeatureOff("multiple memories", offset);
        }
    }

    private static void CheckLimits(WasmLimits limits, ulong limit, string tooLarge, int offset)
    {
        if (limits.Minimum > limit || limits.Maximum > limit)
            throw new WasmInvalidException(tooLarge, offset);
        if (limits.Minimum > limits.Maximum)
            throw new WasmInvalidException("size minimum must not be greater than maximum", offset);
    }

    private void CheckGlobals()
    {
        for (int i = 0; i < _module.GlobalInitializers.Length; i++)
        {
            int index = _module.ImportedGlobals + i;
            _constants.Check(_module.GlobalInitializers[i], _module.Globals[index].ValueType, index);
        }
    }

    private void CheckElements()
    {
        foreach (ElementSegment segment in _module.ElementSegments)
        {
            if (segment.Mode == SegmentMode.Active)
            {
                if ((uint)segment.Table >= (uint)_module.Tables.Length)
                    throw new WasmInvalidException($"unknown table {segment.Table}", segment.Position);
                WasmTableType table = _module.Tables[segment.Table];
                if (!TypeMatching.Matches(_module, segment.Type, table.ElementType))
                    throw new WasmInvalidException($"type mismatch: elements of {segment.Type} for a table of {table.ElementType}", segment.Position);
                _constants.Check(segment.Offset!, table.IndexType, _module.Globals.Length);
            }
            foreach (int function in segment.Functions)
            {
                if (function >= 0)
                    _constants.CheckFunction(function, segment.Position);
            }
            foreach (ConstantExpression expression in segment.Expressions)
                _constants.Check(expression, segment.Type, _module.Globals.Length);
        }
    }

    private void CheckData()
    {
        foreach (DataSegment segment in _module.DataSegments)
        {
            if (segment.Mode != SegmentMode.Active)
                continue;
            if ((uint)segment.Memory >= (uint)_module.Memories.Length)
                throw new WasmInvalidException($"unknown memory {segment.Memory}", segment.Position);
            _constants.Check(segment.Offset!, _module.Memories[segment.Memory].IndexType, _module.Globals.Length);
        }
    }

    private void CheckStart()
    {
        if (_module.Start is not int start)
            return;
        if (start >= _module.FunctionTypes.Length)
            throw new WasmInvalidException($"unknown function {start}", _module.Offsets.Start);
        WasmFunctionType type = _module.FunctionTypes[start];
        if (type.Parameters.Length > 0 || type.Results.Length > 0)
            throw new WasmInvalidException($"start function: it may have neither parameters nor results, its type is {type}", _module.Offsets.Start);
    }

    private void CheckExports()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < _module.Exports.Length; i++)
        {
            WasmExport export = _module.Exports[i];
            if (!names.Add(export.Name))
                throw new WasmInvalidException($"duplicate export name \"{export.Name}\"", _module.Offsets.Exports[i]);
            if (export.Type is WasmFunctionType)
                _context.AddReference(export.Index);
        }
    }
}
