using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>Section 9: element segments.</summary>
internal static class ElementSection
{
    // the bits of a segment's flags
    private const uint NotActive = 1;
    private const uint ExplicitTableOrDeclarative = 2;
    private const uint HasExpressions = 4;

    public static void Read(ref ByteReader reader, ModuleBuilder module)
    {
        int count = reader.ReadCount(ModuleLimits.ElementSegments, "element segments");
        for (int i = 0; i < count; i++)
            module.ElementSegments.Add(ReadSegment(ref reader, module));
    }

    private static ElementSegment ReadSegment(ref ByteReader reader, ModuleBuilder module)
    {
        int start = reader.Position;
        uint flags = reader.ReadU32();
        if (flags > (NotActive | ExplicitTableOrDeclarative | HasExpressions))
            throw new WasmMalformedException("malformed elements segment kind", start);
        SegmentMode mode = (flags & NotActive) == 0 ? SegmentMode.Active
            : (flags & ExplicitTableOrDeclarative) == 0 ? SegmentMode.Passive : SegmentMode.Declarative;
        uint table = mode == SegmentMode.Active && (flags & ExplicitTableOrDeclarative) != 0 ? reader.ReadU32() : 0;
        ConstantExpression? offset = mode == SegmentMode.Active ? ConstantExpressionReader.Read(ref reader) : null;
        bool hasType = (flags & (NotActive | ExplicitTableOrDeclarative)) != 0;
        bool hasExpressions = (flags & HasExpressions) != 0;
        WasmValueType type = WasmValueType.FuncRef;
        if (hasType && hasExpressions)
            type = ValueTypeReader.ReadReference(ref reader, module);
        else if (hasType && reader.ReadByte() != 0)
            throw new WasmMalformedException("malformed element kind", reader.Position - 1);

        ImmutableArray<int> functions = [];
        ImmutableArray<ConstantExpression> expressions = [];
        if (hasExpressions)
            ReadExpressions(ref reader, type, out functions, out expressions);
        else
            functions = ReadFunctions(ref reader);
        return new ElementSegment
        {
            Mode = mode,
            Table = (int)Math.Min(table, int.MaxValue),
            Offset = offset,
            Type = type,
            Functions = functions,
            Expressions = expressions,
            Position = start,
        };
    }

    private static ImmutableArray<int> ReadFunctions(ref ByteReader reader)
    {
        var functions = new int[reader.ReadCount(ModuleLimits.Elements, "elements")];
        for (int i = 0; i < functions.Length; i++)
            functions[i] = (int)Math.Min(reader.ReadU32(), int.MaxValue);
        return ImmutableCollectionsMarshal.AsImmutableArray(functions);
    }

    private static void ReadExpressions(
        ref ByteReader reader, WasmValueType type, out ImmutableArray<int> functions, out ImmutableArray<ConstantExpression> expressions)
    {
        expressions = [];
        int count = reader.ReadCount(ModuleLimits.Elements, "elements");
        ByteReader again = reader;
        if (TryReadPlain(ref reader, type, count, out functions))
            return;
        reader = again;
        var read = ImmutableArray.CreateBuilder<ConstantExpression>();
        for (int i = 0; i < count; i++)
            read.Add(ConstantExpressionReader.Read(ref reader));
        expressions = read.DrainToImmutable();
    }

    private static bool TryReadPlain(ref ByteReader reader, WasmValueType type, int count, out ImmutableArray<int> functions)
    {
        var read = ImmutableArray.CreateBuilder<int>();
        functions = [];
        for (int i = 0; i < count; i++)
        {
            if (!ConstantExpressionReader.TryReadPlainReference(ref reader, type, out int function))
                return false;
            read.Add(function);
        }
        functions = read.DrainToImmutable();
        return true;
    }
}
