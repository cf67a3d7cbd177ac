using System.Runtime.CompilerServices;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Binary;

/// <summary>Decodes the operators of a function body or constant expression one by one. Knows nothing of their meaning.</summary>
internal ref struct OperatorReader(ByteReader reader, bool hasDataCount)
{
    private const uint MemoryIndexFlag = 0x40;
    private const byte EmptyBlock = 0x40;

    private ByteReader _reader = reader;

    public readonly int Position => _reader.Position;

    public readonly bool AtEnd => _reader.AtEnd;

    public readonly int Remaining => _reader.Remaining;

    /// <summary>Decodes the next operator.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(ref Operator op)
    {
        op.Offset = _reader.Position;
        byte code = _reader.ReadByte();
        op.Opcode = (Opcode)code;
        // from i32.eqz to i64.extend32_s nothing follows the code
        if (code is < 0x45 or > 0xC4)
            ReadImmediates(ref op, code);
    }

    private void ReadImmediates(ref Operator op, byte code)
    {
        switch (op.Opcode)
        {
            case Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee or Opcode.GlobalGet or Opcode.GlobalSet or Opcode.TableGet or Opcode.TableSet
                or Opcode.Br or Opcode.BrIf or Opcode.Call or Opcode.RefFunc or Opcode.MemorySize or Opcode.MemoryGrow:
                op.A = (int)_reader.ReadU32();
                break;
            case >= Opcode.I32Load and <= Opcode.I64Store32:
                ReadMemoryArgument(ref op);
                break;
            case Opcode.I32Const:
                // the bits, like those of every constant: an i32 lies in the low half
                op.Immediate = (uint)_reader.ReadS32();
                break;
            case Opcode.I64Const:
                op.Immediate = _reader.ReadS64();
                break;
            case Opcode.F32Const:
                op.Immediate = _reader.ReadFixed32();
                break;
            case Opcode.F64Const:
                op.Immediate = (long)_reader.ReadFixed64();
                break;
            case Opcode.End or Opcode.Else or Opcode.Drop or Opcode.Select or Opcode.Return or Opcode.Unreachable or Opcode.Nop or Opcode.RefIsNull:
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                ReadBlockType(ref op);
                break;
            case Opcode.CallIndirect:
                op.A = (int)_reader.ReadU32();
                op.B = (int)_reader.ReadU32();
                break;
            case Opcode.BrTable:
                ReadBranchTable(ref op);
                break;
            case Opcode.SelectTyped:
                ReadSelectTypes(ref op);
                break;
            case Opcode.RefNull:
                op.Type = WasmValueType.Reference(ValueTypeReader.ReadHeapType(ref _reader), nullable: true);
                break;
            default:
                if (code == 0xFC)
                    ReadPrefixed(ref op);
                else if (code == 0xFD)
                    ReadVector(ref op);
                else
                    throw UnknownOpcode(code, op.Offset);
                break;
        }
    }

    private void ReadMemoryArgument(ref Operator op)
    {
        int start = _reader.Position;
        uint flags = _reader.ReadU32();
        if (flags >= 2 * MemoryIndexFlag)
            throw new WasmMalformedException("malformed memop flags", start);
        op.A = (flags & MemoryIndexFlag) != 0 ? (int)_reader.ReadU32() : 0;
        op.B = (int)(flags & ~MemoryIndexFlag);
        op.Immediate = (long)_reader.ReadU64();
    }

    private void ReadBlockType(ref Operator op)
    {
        byte next = _reader.PeekByte();
        op.A = -1;
        if (next == EmptyBlock)
        {
            _reader.ReadByte();
            op.Type = default;
        }
        else if ((next & 0xC0) == 0x40)
        {
            op.Type = ValueTypeReader.Read(ref _reader);
        }
        else
        {
            int start = _reader.Position;
            long index = _reader.ReadS33();
            if (index < 0)
                throw new WasmMalformedException("malformed block type", start);
            op.A = (int)Math.Min(index, int.MaxValue);
        }
    }

    private void ReadBranchTable(ref Operator op)
    {
        op.A = _reader.ReadCount(ModuleLimits.FunctionBytes, "targets");
        op.Immediate = _reader.Position;
        for (int i = 0; i <= op.A; i++)
            _reader.ReadU32();
    }

    private void ReadSelectTypes(ref Operator op)
    {
        op.A = _reader.ReadCount(ModuleLimits.Results, "types");
        op.Type = default;
        for (int i = 0; i < op.A; i++)
        {
            WasmValueType type = ValueTypeReader.Read(ref _reader);
            if (i == 0)
                op.Type = type;
        }
    }

    private void ReadPrefixed(ref Operator op)
    {
        uint code = _reader.ReadU32();
        op.Opcode = (Opcode)(0x100 + Math.Min(code, 0xFFu));
        switch (op.Opcode)
        {
            case >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U:
                break;
            case Opcode.MemoryInit or Opcode.DataDrop:
                op.A = (int)_reader.ReadU32();
                if (op.Opcode == Opcode.MemoryInit)
                    op.B = (int)_reader.ReadU32();
                if (!hasDataCount)
                    throw new WasmMalformedException("data count section required", op.Offset);
                break;
            case Opcode.MemoryCopy or Opcode.TableCopy or Opcode.TableInit:
                op.A = (int)_reader.ReadU32();
                op.B = (int)_reader.ReadU32();
                break;
            case Opcode.MemoryFill or Opcode.ElemDrop or Opcode.TableGrow or Opcode.TableSize or Opcode.TableFill:
                op.A = (int)_reader.ReadU32();
                break;
            default:
                throw new WasmMalformedException($"illegal opcode fc {code:x2}", op.Offset);
        }
    }

    private void ReadVector(ref Operator op)
    {
        uint code = _reader.ReadU32();
        if (!VectorSignature.IsDefined(code))
        {
            throw code is >= 0x100 and <= 0x113
                ? new WasmInvalidException($"relaxed SIMD (opcode fd {code:x}) is not supported", op.Offset)
                : new WasmMalformedException($"illegal opcode fd {code:x2}", op.Offset);
        }
        op.Opcode = Opcode.V128Load + (ushort)code;
        switch (VectorSignature.Of(op.Opcode).Form)
        {
            case VectorForm.Load or VectorForm.Store:
                ReadMemoryArgument(ref op);
                break;
            case VectorForm.LoadLane or VectorForm.StoreLane:
                ReadMemoryArgument(ref op);
                op.High = _reader.ReadByte();
                break;
            case VectorForm.Constant or VectorForm.Shuffle:
                op.Immediate = (long)_reader.ReadFixed64();
                op.High = (long)_reader.ReadFixed64();
                break;
            case VectorForm.ExtractLane or VectorForm.ReplaceLane:
                op.High = _reader.ReadByte();
                break;
        }
    }

    // operators of Wasm 3.0 are known by name, so that a module that needs them is told what is missing
    private static WasmException UnknownOpcode(byte code, int offset)
    {
        string? feature = code switch
        {
            0x06 or 0x07 or 0x08 or 0x09 or 0x0A or 0x18 or 0x19 or 0x1F => "exception handling",
            0x12 or 0x13 => "tail calls",
            0x14 or 0x15 or 0xD3 or 0xD4 or 0xD5 or 0xD6 => "typed function references",
            0xFB => "garbage collection",
            0xFE => "threads",
            _ => null,
        };
        return feature is null
            ? new WasmMalformedException($"illegal opcode {code:x2}", offset)
            : new WasmInvalidException($"{feature} (opcode {code:x2}) is not supported", offset);
    }
}
