using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

// tables and element segments
internal sealed partial class FunctionValidator<TSink>
{
    private WasmTableType Table(int index, in Operator op) =>
        (uint)index < (uint)_module.Tables.Length ? _module.Tables[index] : throw Invalid($"unknown table {(uint)index}", in op);

    private ElementSegment Element(in Operator op) =>
        (uint)op.A < (uint)_module.ElementSegments.Length ? _module.ElementSegments[op.A] : throw Invalid($"unknown elem segment {(uint)op.A}", in op);

    private void CheckTable(in Operator op)
    {
        switch (op.Opcode)
        {
            case Opcode.TableGet:
                WasmTableType table = Table(op.A, in op);
                Pop(table.IndexType, in op);
                _operands.Push(table.ElementType);
                break;
            case Opcode.TableSet:
                table = Table(op.A, in op);
                Pop(table.ElementType, in op);
                Pop(table.IndexType, in op);
                break;
            case Opcode.TableSize:
                _operands.Push(Table(op.A, in op).IndexType);
                break;
            case Opcode.TableGrow:
                table = Table(op.A, in op);
                Pop(table.IndexType, in op);
                Pop(table.ElementType, in op);
                _operands.Push(table.IndexType);
                break;
            case Opcode.TableFill:
                table = Table(op.A, in op);
                Pop(table.IndexType, in op);
                Pop(table.ElementType, in op);
                Pop(table.IndexType, in op);
                break;
            case Opcode.TableCopy:
                table = Table(op.A, in op);
                WasmTableType source = Table(op.B, in op);
                Expect(source.ElementType, table.ElementType, in op);
                Pop(Smaller(table.IndexType, source.IndexType), in op);
                Pop(source.IndexType, in op);
                Pop(table.IndexType, in op);
                break;
            case Opcode.TableInit:
                table = Table(op.B, in op);
                Expect(Element(in op).Type, table.ElementType, in op);
                Pop(WasmValueType.I32, in op);
                Pop(WasmValueType.I32, in op);
                Pop(table.IndexType, in op);
                break;
            case Opcode.ElemDrop:
                Element(in op);
                break;
            default:
                throw new InvalidOperationException($"the validator has no case for {op.Opcode}");
        }
    }
}
