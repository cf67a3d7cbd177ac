using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>
/// Decodes the binary format (specification, chapter 5) up to the function bodies, which the validator decodes.
/// This is the driver; each section has a file of its own.
/// </summary>
internal static class ModuleDecoder
{
    private const uint Magic = 0x6D73_6100;
    private const int HeaderBytes = 8;

    public static DecodedModule Decode(ReadOnlyMemory<byte> bytes, WasmFeatures features)
    {
        ReadHeader(bytes.Span);
        var module = new ModuleBuilder(bytes, features);
        var reader = new ByteReader(bytes.Span, HeaderBytes, bytes.Length);
        int lastOrder = 0;
        while (!reader.AtEnd)
        {
            int start = reader.Position;
            byte id = reader.ReadByte();
            if (id > (byte)SectionId.Tag)
                throw new WasmMalformedException("malformed section id", start);
            int length = reader.ReadLength();
            if (id != (byte)SectionId.Custom)
            {
                int order = Order((SectionId)id);
                if (order <= lastOrder)
                    throw new WasmMalformedException("unexpected content after last section", start);
                lastOrder = order;
            }
            ByteReader section = reader.ReadRange(length);
            ReadSection((SectionId)id, ref section, module);
            if (!section.AtEnd)
                throw new WasmMalformedException("section size mismatch", section.Position);
        }
        CheckCounts(module, reader.Position);
        return module.Build();
    }

    private static void ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ModuleLimits.ModuleBytes)
            throw new WasmMalformedException($"module too large: {bytes.Length} bytes, the limit is {ModuleLimits.ModuleBytes}", 0);
        if (bytes.Length < 4)
            throw new WasmMalformedException("unexpected end", bytes.Length);
        var reader = new ByteReader(bytes, 0, bytes.Length);
        if (reader.ReadFixed32() != Magic)
            throw new WasmMalformedException("magic header not detected", 0);
        if (bytes.Length < HeaderBytes)
            throw new WasmMalformedException("unexpected end", bytes.Length);
        if (reader.ReadFixed32() != 1)
            throw new WasmMalformedException("unknown binary version", 4);
    }

    // the data count section stands before the code, the tags before the globals
    private static int Order(SectionId id) => id switch
    {
        SectionId.Tag => 2 * (int)SectionId.Memory + 1,
        SectionId.DataCount => 2 * (int)SectionId.Element + 1,
        _ => 2 * (int)id,
    };

    private static void ReadSection(SectionId id, ref ByteReader reader, ModuleBuilder module)
    {
        switch (id)
        {
            case SectionId.Custom:
                CustomSectionReader.Read(ref reader, module);
                break;
            case SectionId.Type:
                TypeSection.Read(ref reader, module);
                break;
            case SectionId.Import:
                ImportSection.Read(ref reader, module);
                break;
            case SectionId.Function:
                FunctionSection.Read(ref reader, module);
                break;
            case SectionId.Table:
                TableSection.Read(ref reader, module);
                break;
            case SectionId.Memory:
                MemorySection.Read(ref reader, module);
                break;
            case SectionId.Global:
                GlobalSection.Read(ref reader, module);
                break;
            case SectionId.Export:
                ExportSection.Read(ref reader, module);
                break;
            case SectionId.Start:
                StartSection.Read(ref reader, module);
                break;
            case SectionId.Element:
                ElementSection.Read(ref reader, module);
                break;
            case SectionId.DataCount:
                module.DataCount = (int)Math.Min(reader.ReadU32(), int.MaxValue);
                break;
            case SectionId.Code:
                CodeSection.Read(ref reader, module);
                break;
            case SectionId.Data:
                DataSection.Read(ref reader, module);
                break;
            case SectionId.Tag:
                throw new WasmInvalidException("exception handling (the tag section) is not supported", reader.Position);
        }
    }

    private static void CheckCounts(ModuleBuilder module, int end)
    {
        if (module.FunctionTypeIndices.Count != module.Functions.Count)
            throw new WasmMalformedException("function and code section have inconsistent lengths", end);
        if (module.DataCount is int count && count != module.DataSegments.Count)
            throw new WasmMalformedException("data count and data section have inconsistent lengths", end);
    }
}
