using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Model;

/// <summary>One instruction of a constant expression.</summary>
/// <param name="Opcode">
/// I32Const, I64Const, F32Const, F64Const, V128Const (the value's bits in <paramref name="Bits"/>), GlobalGet, RefFunc (the index), RefNull (0);
/// with Wasm 3.0's extended constants also I32Add, I32Sub, I32Mul and their i64 counterparts.
/// </param>
/// <param name="Bits">The immediate; of a vector the low half.</param>
/// <param name="High">The high half of a vector.</param>
/// <param name="Offset">Byte offset of the operator in the module.</param>
/// <param name="Type">The type of a RefNull, else the default.</param>
internal readonly record struct ConstantInstruction(Opcode Opcode, ulong Bits, ulong High, int Offset, WasmValueType Type);
