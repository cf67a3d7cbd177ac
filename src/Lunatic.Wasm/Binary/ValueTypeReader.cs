namespace Lunatic.Wasm.Binary;

/// <summary>Value types, reference types and heap types.</summary>
internal static class ValueTypeReader
{
    private const byte NullableForm = 0x63;
    private const byte NonNullForm = 0x64;

    /// <summary>A value type; tells <paramref name="module"/> what features it needs.</summary>
    public static WasmValueType Read(ref ByteReader reader, ModuleBuilder module)
    {
        int start = reader.Position;
        WasmValueType type = Read(ref reader);
        RequireFeatures(type, module, start);
        return type;
    }

    public static WasmValueType ReadReference(ref ByteReader reader, ModuleBuilder module)
    {
        int start = reader.Position;
        WasmValueType type = ReadReference(ref reader);
        RequireFeatures(type, module, start);
        return type;
    }

    public static WasmValueType Read(ref ByteReader reader)
    {
        int start = reader.Position;
        return TryRead(ref reader, out WasmValueType type) ? type : throw new WasmMalformedException("malformed value type", start);
    }

    public static WasmValueType ReadReference(ref ByteReader reader)
    {
        int start = reader.Position;
        return TryRead(ref reader, out WasmValueType type) && type.IsReference ? type : throw new WasmMalformedException("malformed reference type", start);
    }

    /// <summary>A heap type: negative for an abstract one, else the index of a type.</summary>
    public static int ReadHeapType(ref ByteReader reader)
    {
        int start = reader.Position;
        long heapType = reader.ReadS33();
        return heapType switch
        {
            AbstractHeapType.Func or AbstractHeapType.Extern => (int)heapType,
            >= 0 and < ModuleLimits.Types => (int)heapType,
            >= 0 => throw new WasmInvalidException($"unknown type {heapType}", start),
            // the others of Wasm 3.0: exn, array, struct, i31, eq, any, none, noextern, nofunc, noexn
            >= -0x17 and <= -0x0C => throw new WasmInvalidException("garbage collection (an abstract heap type) is not supported", start),
            _ => throw new WasmMalformedException("malformed heap type", start),
        };
    }

    /// <summary>Whether the type needs nothing beyond Wasm 2.0.</summary>
    public static bool IsBasic(WasmValueType type) => type.IsNumber || type.IsVector || type == WasmValueType.FuncRef || type == WasmValueType.ExternRef;

    private static bool TryRead(ref ByteReader reader, out WasmValueType type)
    {
        byte code = reader.ReadByte();
        switch (code)
        {
            case 0x7F:
                type = WasmValueType.I32;
                return true;
            case 0x7E:
                type = WasmValueType.I64;
                return true;
            case 0x7D:
                type = WasmValueType.F32;
                return true;
            case 0x7C:
                type = WasmValueType.F64;
                return true;
            case 0x7B:
                type = WasmValueType.V128;
                return true;
            case 0x70:
                type = WasmValueType.FuncRef;
                return true;
            case 0x6F:
                type = WasmValueType.ExternRef;
                return true;
            case NullableForm or NonNullForm:
                type = WasmValueType.Reference(ReadHeapType(ref reader), nullable: code == NullableForm);
                return true;
            default:
                type = default;
                return false;
        }
    }

    private static void RequireFeatures(WasmValueType type, ModuleBuilder module, int offset)
    {
        if (!IsBasic(type))
            module.Require(module.Features.TypedReferences, $"the typed reference {type}", offset);
    }
}
