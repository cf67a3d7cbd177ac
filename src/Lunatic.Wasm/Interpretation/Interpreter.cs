using System.Numerics;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Interpretation;

/// <summary>
/// Runs lowered code on the frame stack. One loop for all guest calls: calling pushes a frame, returning pops one, and whatever the loop cannot do itself
/// (waiting, ending, host code that wants more than to return) makes it come out with everything saved in frames.
/// A long file because the loop's switch is the table of all operators; operators that need more than a few lines are in files beside this one.
/// </summary>
/// <remarks>
/// Unsafe by design: validated code never leaves its frame's operands, a frame is pushed only where its slots are reserved,
/// and every address of the guest is checked against the memory's length here. Slots are always written whole: reading eight bytes
/// of which four were just written would stall the processor.
/// </remarks>
internal static unsafe class Interpreter
{
    /// <summary>Clearing more slots than these comes off the slice.</summary>
    public const int ManyLocals = 64;

    /// <summary>How many of them take as long as one operator.</summary>
    public const int SlotsClearedPerFuel = 8;

    /// <summary>Goes on with the top frame, a guest's, until something makes it come out.</summary>
    /// <returns>The cause; frame, frame top, position and fuel are saved.</returns>
    public static ExitCause Run(WasmStore store)
    {
        StoreContext* context = store.Context;
        FrameHeader* frame = context->Frame;
        ulong* sp = context->FrameTop;
        long fuel = context->Fuel;
        ulong* locals = FrameStack.Locals(frame);
        Instruction* code = frame->Function->Instructions;
        Instruction* ip = code + frame->Position;
        byte* memory = frame->Instance->Memory0->Base;
        ulong length = (ulong)frame->Instance->Memory0->Length;

        FunctionCode* callee;
        InstanceContext* calleeInstance;
        ulong address;
        TrapReason reason;
        ExitCause cause;
        bool mayGoOn;
        bool runsCompiledCode = store.RunsCompiledCode;
        bool compilesAtFirstCall = store.CompilesAtFirstCall;

        while (true)
        {
            switch (ip->Opcode)
            {
                case Opcode.Enter:
                case Opcode.LoopHeader:
                    fuel -= ip->Immediate;
                    ip++;
                    if (fuel < 0)
                        goto Check;
                    continue;
                case Opcode.LoopHeaderBeforeCall:
                    fuel -= ip->Immediate;
                    ip++;
                    if (fuel < 0)
                    {
                        context->Fuel = fuel;
                        store.SampleLoop(frame);
                    }
                    continue;
                case Opcode.Jump:
                    ip = code + ip->A;
                    continue;
                case Opcode.JumpIf:
                    sp--;
                    ip = (int)*sp != 0 ? code + ip->A : ip + 1;
                    continue;
                case Opcode.JumpIfZero:
                    sp--;
                    ip = (int)*sp == 0 ? code + ip->A : ip + 1;
                    continue;
                case Opcode.JumpIfUnwinding:
                    sp--;
                    if ((int)*sp != 0)
                        goto case Opcode.JumpUnwinding;
                    ip++;
                    continue;
                case Opcode.JumpUnwinding:
                    sp = Carry(sp, ip->Immediate);
                    ip = code + ip->A;
                    continue;
                case Opcode.JumpTable:
                    sp--;
                    ip += 1 + Math.Min((uint)*sp, (uint)ip->A);
                    continue;
                case Opcode.CallDefined:
                    calleeInstance = frame->Instance;
                    callee = calleeInstance->Functions + ip->A;
                    goto Call;
                case Opcode.CallImport:
                    calleeInstance = frame->Instance->Imports[ip->A].Instance;
                    callee = frame->Instance->Imports[ip->A].Code;
                    goto Call;
                case Opcode.CallIndirect:
                    {
                        TableRecord* table = frame->Instance->Tables[ip->A];
                        sp--;
                        if ((uint)*sp >= (ulong)table->Length)
                        {
                            reason = TrapReason.UndefinedElement;
                            goto Trap;
                        }
                        var reference = (FunctionReference*)table->Elements[(uint)*sp];
                        if (reference == null)
                        {
                            reason = TrapReason.UninitializedElement;
                            goto Trap;
                        }
                        callee = reference->Code;
                        if (callee->TypeId != (int)ip->Immediate)
                        {
                            reason = TrapReason.IndirectCallTypeMismatch;
                            goto Trap;
                        }
                        calleeInstance = reference->Instance == null ? frame->Instance : reference->Instance;
                        goto Call;
                    }
                case Opcode.Return:
                    goto Return;
                case Opcode.Unreachable:
                    reason = TrapReason.Unreachable;
                    goto Trap;
                case Opcode.Drop:
                    sp--;
                    ip++;
                    continue;
                case Opcode.Drop2:
                    sp -= 2;
                    ip++;
                    continue;
                case Opcode.Select:
                case Opcode.SelectTyped:
                    sp -= 2;
                    if ((int)sp[1] == 0)
                        sp[-1] = sp[0];
                    ip++;
                    continue;
                case Opcode.Select2:
                    sp -= 3;
                    if ((int)sp[2] == 0)
                    {
                        sp[-2] = sp[0];
                        sp[-1] = sp[1];
                    }
                    ip++;
                    continue;
                case Opcode.LocalGet:
                    *sp++ = locals[ip->A];
                    ip++;
                    continue;
                case Opcode.LocalSet:
                    locals[ip->A] = *--sp;
                    ip++;
                    continue;
                case Opcode.LocalTee:
                    locals[ip->A] = sp[-1];
                    ip++;
                    continue;
                case Opcode.LocalGet2:
                    sp[0] = locals[ip->A];
                    sp[1] = locals[ip->A + 1];
                    sp += 2;
                    ip++;
                    continue;
                case Opcode.LocalSet2:
                    sp -= 2;
                    locals[ip->A] = sp[0];
                    locals[ip->A + 1] = sp[1];
                    ip++;
                    continue;
                case Opcode.LocalTee2:
                    locals[ip->A] = sp[-2];
                    locals[ip->A + 1] = sp[-1];
                    ip++;
                    continue;
                case Opcode.GlobalGet:
                    *sp++ = *frame->Instance->Globals[ip->A];
                    ip++;
                    continue;
                case Opcode.GlobalSet:
                    *frame->Instance->Globals[ip->A] = *--sp;
                    ip++;
                    continue;
                case Opcode.GlobalGet2:
                    sp[0] = frame->Instance->Globals[ip->A][0];
                    sp[1] = frame->Instance->Globals[ip->A][1];
                    sp += 2;
                    ip++;
                    continue;
                case Opcode.GlobalSet2:
                    sp -= 2;
                    frame->Instance->Globals[ip->A][0] = sp[0];
                    frame->Instance->Globals[ip->A][1] = sp[1];
                    ip++;
                    continue;
                case Opcode.I32Const:
                case Opcode.I64Const:
                case Opcode.F32Const:
                case Opcode.F64Const:
                case Opcode.RefNull:
                    *sp++ = (ulong)ip->Immediate;
                    ip++;
                    continue;
                case Opcode.RefIsNull:
                    sp[-1] = sp[-1] == 0 ? 1u : 0u;
                    ip++;
                    continue;
                case Opcode.RefFunc:
                    *sp++ = (ulong)store.ReferenceTo(frame->Instance, ip->A);
                    ip++;
                    continue;
                case Opcode.I32Load:
                case Opcode.F32Load:
                case Opcode.I64Load32U:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 4 > length)
                        goto MemoryTrap;
                    sp[-1] = *(uint*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I64Load:
                case Opcode.F64Load:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 8 > length)
                        goto MemoryTrap;
                    sp[-1] = *(ulong*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I32Load8S:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 1 > length)
                        goto MemoryTrap;
                    sp[-1] = (uint)*(sbyte*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I32Load8U:
                case Opcode.I64Load8U:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 1 > length)
                        goto MemoryTrap;
                    sp[-1] = *(memory + address);
                    ip++;
                    continue;
                case Opcode.I32Load16S:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 2 > length)
                        goto MemoryTrap;
                    sp[-1] = (uint)*(short*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I32Load16U:
                case Opcode.I64Load16U:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 2 > length)
                        goto MemoryTrap;
                    sp[-1] = *(ushort*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I64Load8S:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 1 > length)
                        goto MemoryTrap;
                    sp[-1] = (ulong)*(sbyte*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I64Load16S:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 2 > length)
                        goto MemoryTrap;
                    sp[-1] = (ulong)*(short*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I64Load32S:
                    address = (uint)sp[-1] + (ulong)ip->Immediate;
                    if (address + 4 > length)
                        goto MemoryTrap;
                    sp[-1] = (ulong)*(int*)(memory + address);
                    ip++;
                    continue;
                case Opcode.I32Store:
                case Opcode.F32Store:
                case Opcode.I64Store32:
                    address = (uint)sp[-2] + (ulong)ip->Immediate;
                    if (address + 4 > length)
                        goto MemoryTrap;
                    *(uint*)(memory + address) = (uint)sp[-1];
                    sp -= 2;
                    ip++;
                    continue;
                case Opcode.I64Store:
                case Opcode.F64Store:
                    address = (uint)sp[-2] + (ulong)ip->Immediate;
                    if (address + 8 > length)
                        goto MemoryTrap;
                    *(ulong*)(memory + address) = (ulong)sp[-1];
                    sp -= 2;
                    ip++;
                    continue;
                case Opcode.I32Store8:
                case Opcode.I64Store8:
                    address = (uint)sp[-2] + (ulong)ip->Immediate;
                    if (address + 1 > length)
                        goto MemoryTrap;
                    *(byte*)(memory + address) = (byte)sp[-1];
                    sp -= 2;
                    ip++;
                    continue;
                case Opcode.I32Store16:
                case Opcode.I64Store16:
                    address = (uint)sp[-2] + (ulong)ip->Immediate;
                    if (address + 2 > length)
                        goto MemoryTrap;
                    *(ushort*)(memory + address) = (ushort)sp[-1];
                    sp -= 2;
                    ip++;
                    continue;
                case Opcode.MemorySize:
                    *sp++ = (ulong)frame->Instance->Memories[ip->A]->Length / WasmMemoryType.PageSize;
                    ip++;
                    continue;
                case Opcode.MemoryGrow:
                    sp[-1] = (uint)MemoryOperations.Grow(store, frame->Instance, ip->A, (uint)sp[-1]);
                    memory = frame->Instance->Memory0->Base;
                    length = (ulong)frame->Instance->Memory0->Length;
                    ip++;
                    continue;
                case Opcode.MemoryInit:
                case Opcode.MemoryCopy:
                case Opcode.MemoryFill:
                case Opcode.TableInit:
                case Opcode.TableCopy:
                case Opcode.TableFill:
                    goto Bulk;
                case Opcode.DataDrop:
                    frame->Instance->DroppedData[ip->A] = 1;
                    ip++;
                    continue;
                case Opcode.ElemDrop:
                    frame->Instance->DroppedElements[ip->A] = 1;
                    ip++;
                    continue;
                case Opcode.TableGet:
                case Opcode.TableSet:
                case Opcode.TableGrow:
                    reason = TableOperations.Execute(store, frame->Instance, ip, sp);
                    if (reason != 0)
                        goto Trap;
                    sp += ip->Opcode == Opcode.TableGet ? 0 : ip->Opcode == Opcode.TableSet ? -2 : -1;
                    ip++;
                    continue;
                case Opcode.TableSize:
                    *sp++ = (uint)frame->Instance->Tables[ip->A]->Length;
                    ip++;
                    continue;
                case Opcode.I32Eqz:
                    sp[-1] = (uint)sp[-1] == 0 ? 1u : 0u;
                    ip++;
                    continue;
                case Opcode.I32Eq:
                    sp[-2] = (uint)sp[-2] == (uint)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Ne:
                    sp[-2] = (uint)sp[-2] != (uint)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32LtS:
                    sp[-2] = (int)sp[-2] < (int)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32LtU:
                    sp[-2] = (uint)sp[-2] < (uint)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32GtS:
                    sp[-2] = (int)sp[-2] > (int)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32GtU:
                    sp[-2] = (uint)sp[-2] > (uint)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32LeS:
                    sp[-2] = (int)sp[-2] <= (int)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32LeU:
                    sp[-2] = (uint)sp[-2] <= (uint)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32GeS:
                    sp[-2] = (int)sp[-2] >= (int)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32GeU:
                    sp[-2] = (uint)sp[-2] >= (uint)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Clz:
                    sp[-1] = (uint)BitOperations.LeadingZeroCount((uint)sp[-1]);
                    ip++;
                    continue;
                case Opcode.I32Ctz:
                    sp[-1] = (uint)BitOperations.TrailingZeroCount((uint)sp[-1]);
                    ip++;
                    continue;
                case Opcode.I32Popcnt:
                    sp[-1] = (uint)BitOperations.PopCount((uint)sp[-1]);
                    ip++;
                    continue;
                case Opcode.I32Add:
                    sp[-2] = (uint)(sp[-2] + sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Sub:
                    sp[-2] = (uint)(sp[-2] - sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Mul:
                    sp[-2] = (uint)(sp[-2] * sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32And:
                    sp[-2] = (uint)(sp[-2] & sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Or:
                    sp[-2] = (uint)(sp[-2] | sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Xor:
                    sp[-2] = (uint)(sp[-2] ^ sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32DivS:
                    if ((uint)sp[-1] == 0)
                        goto DivideByZeroTrap;
                    if ((int)sp[-2] == int.MinValue && (int)sp[-1] == -1)
                        goto OverflowTrap;
                    sp[-2] = (uint)((int)sp[-2] / (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32DivU:
                    if ((uint)sp[-1] == 0)
                        goto DivideByZeroTrap;
                    sp[-2] = (uint)sp[-2] / (uint)sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32RemS:
                    if ((uint)sp[-1] == 0)
                        goto DivideByZeroTrap;
                    sp[-2] = (int)sp[-1] == -1 ? 0 : (uint)((int)sp[-2] % (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32RemU:
                    if ((uint)sp[-1] == 0)
                        goto DivideByZeroTrap;
                    sp[-2] = (uint)sp[-2] % (uint)sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Shl:
                    sp[-2] = (uint)sp[-2] << (int)sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32ShrS:
                    sp[-2] = (uint)((int)sp[-2] >> (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32ShrU:
                    sp[-2] = (uint)sp[-2] >> (int)sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Rotl:
                    sp[-2] = BitOperations.RotateLeft((uint)sp[-2], (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32Rotr:
                    sp[-2] = BitOperations.RotateRight((uint)sp[-2], (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Eqz:
                    sp[-1] = sp[-1] == 0 ? 1u : 0u;
                    ip++;
                    continue;
                case Opcode.I64Eq:
                    sp[-2] = sp[-2] == sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Ne:
                    sp[-2] = sp[-2] != sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64LtS:
                    sp[-2] = (long)sp[-2] < (long)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64LtU:
                    sp[-2] = sp[-2] < sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64GtS:
                    sp[-2] = (long)sp[-2] > (long)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64GtU:
                    sp[-2] = sp[-2] > sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64LeS:
                    sp[-2] = (long)sp[-2] <= (long)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64LeU:
                    sp[-2] = sp[-2] <= sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64GeS:
                    sp[-2] = (long)sp[-2] >= (long)sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64GeU:
                    sp[-2] = sp[-2] >= sp[-1] ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Clz:
                    sp[-1] = (uint)BitOperations.LeadingZeroCount(sp[-1]);
                    ip++;
                    continue;
                case Opcode.I64Ctz:
                    sp[-1] = (uint)BitOperations.TrailingZeroCount(sp[-1]);
                    ip++;
                    continue;
                case Opcode.I64Popcnt:
                    sp[-1] = (uint)BitOperations.PopCount(sp[-1]);
                    ip++;
                    continue;
                case Opcode.I64Add:
                    sp[-2] = (sp[-2] + sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Sub:
                    sp[-2] = (sp[-2] - sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Mul:
                    sp[-2] = (sp[-2] * sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64And:
                    sp[-2] = (sp[-2] & sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Or:
                    sp[-2] = (sp[-2] | sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Xor:
                    sp[-2] = (sp[-2] ^ sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64DivS:
                    if (sp[-1] == 0)
                        goto DivideByZeroTrap;
                    if ((long)sp[-2] == long.MinValue && (long)sp[-1] == -1)
                        goto OverflowTrap;
                    sp[-2] = (ulong)((long)sp[-2] / (long)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64DivU:
                    if (sp[-1] == 0)
                        goto DivideByZeroTrap;
                    sp[-2] = sp[-2] / sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64RemS:
                    if (sp[-1] == 0)
                        goto DivideByZeroTrap;
                    sp[-2] = (long)sp[-1] == -1 ? 0 : (ulong)((long)sp[-2] % (long)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64RemU:
                    if (sp[-1] == 0)
                        goto DivideByZeroTrap;
                    sp[-2] = sp[-2] % sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Shl:
                    sp[-2] = sp[-2] << (int)sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64ShrS:
                    sp[-2] = (ulong)((long)sp[-2] >> (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64ShrU:
                    sp[-2] = sp[-2] >> (int)sp[-1];
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Rotl:
                    sp[-2] = BitOperations.RotateLeft(sp[-2], (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I64Rotr:
                    sp[-2] = BitOperations.RotateRight(sp[-2], (int)sp[-1]);
                    sp--;
                    ip++;
                    continue;
                case Opcode.I32WrapI64:
                    sp[-1] = (uint)sp[-1];
                    ip++;
                    continue;
                case Opcode.I64ExtendI32S:
                    sp[-1] = (ulong)(int)sp[-1];
                    ip++;
                    continue;
                case Opcode.I64ExtendI32U:
                    sp[-1] = (uint)sp[-1];
                    ip++;
                    continue;
                case Opcode.I32Extend8S:
                    sp[-1] = (uint)(sbyte)sp[-1];
                    ip++;
                    continue;
                case Opcode.I32Extend16S:
                    sp[-1] = (uint)(short)sp[-1];
                    ip++;
                    continue;
                case Opcode.I64Extend8S:
                    sp[-1] = (ulong)(sbyte)sp[-1];
                    ip++;
                    continue;
                case Opcode.I64Extend16S:
                    sp[-1] = (ulong)(short)sp[-1];
                    ip++;
                    continue;
                case Opcode.I64Extend32S:
                    sp[-1] = (ulong)(int)sp[-1];
                    ip++;
                    continue;
                case Opcode.F32Eq:
                    sp[-2] = *(float*)(sp - 2) == *(float*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Ne:
                    sp[-2] = *(float*)(sp - 2) != *(float*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Lt:
                    sp[-2] = *(float*)(sp - 2) < *(float*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Gt:
                    sp[-2] = *(float*)(sp - 2) > *(float*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Le:
                    sp[-2] = *(float*)(sp - 2) <= *(float*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Ge:
                    sp[-2] = *(float*)(sp - 2) >= *(float*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Abs:
                    sp[-1] = sp[-1] & 0x7FFF_FFFFu;
                    ip++;
                    continue;
                case Opcode.F32Neg:
                    sp[-1] = (uint)sp[-1] ^ 0x8000_0000u;
                    ip++;
                    continue;
                case Opcode.F32Copysign:
                    sp[-2] = (sp[-2] & 0x7FFF_FFFFu) | (sp[-1] & 0x8000_0000u);
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Add:
                    sp[-2] = FloatBits.Of(*(float*)(sp - 2) + *(float*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Sub:
                    sp[-2] = FloatBits.Of(*(float*)(sp - 2) - *(float*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Mul:
                    sp[-2] = FloatBits.Of(*(float*)(sp - 2) * *(float*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Div:
                    sp[-2] = FloatBits.Of(*(float*)(sp - 2) / *(float*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Min:
                    sp[-2] = FloatBits.Of(MathF.Min(*(float*)(sp - 2), *(float*)(sp - 1)));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Max:
                    sp[-2] = FloatBits.Of(MathF.Max(*(float*)(sp - 2), *(float*)(sp - 1)));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F32Ceil:
                    sp[-1] = FloatBits.Of(MathF.Ceiling(*(float*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F32Floor:
                    sp[-1] = FloatBits.Of(MathF.Floor(*(float*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F32Trunc:
                    sp[-1] = FloatBits.Of(MathF.Truncate(*(float*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F32Nearest:
                    sp[-1] = FloatBits.Of(MathF.Round(*(float*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F32Sqrt:
                    sp[-1] = FloatBits.Of(MathF.Sqrt(*(float*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F64Eq:
                    sp[-2] = *(double*)(sp - 2) == *(double*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Ne:
                    sp[-2] = *(double*)(sp - 2) != *(double*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Lt:
                    sp[-2] = *(double*)(sp - 2) < *(double*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Gt:
                    sp[-2] = *(double*)(sp - 2) > *(double*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Le:
                    sp[-2] = *(double*)(sp - 2) <= *(double*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Ge:
                    sp[-2] = *(double*)(sp - 2) >= *(double*)(sp - 1) ? 1u : 0u;
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Abs:
                    sp[-1] = sp[-1] & 0x7FFF_FFFF_FFFF_FFFFu;
                    ip++;
                    continue;
                case Opcode.F64Neg:
                    sp[-1] = sp[-1] ^ 0x8000_0000_0000_0000u;
                    ip++;
                    continue;
                case Opcode.F64Copysign:
                    sp[-2] = (sp[-2] & 0x7FFF_FFFF_FFFF_FFFFu) | (sp[-1] & 0x8000_0000_0000_0000u);
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Add:
                    sp[-2] = FloatBits.Of(*(double*)(sp - 2) + *(double*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Sub:
                    sp[-2] = FloatBits.Of(*(double*)(sp - 2) - *(double*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Mul:
                    sp[-2] = FloatBits.Of(*(double*)(sp - 2) * *(double*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Div:
                    sp[-2] = FloatBits.Of(*(double*)(sp - 2) / *(double*)(sp - 1));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Min:
                    sp[-2] = FloatBits.Of(Math.Min(*(double*)(sp - 2), *(double*)(sp - 1)));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Max:
                    sp[-2] = FloatBits.Of(Math.Max(*(double*)(sp - 2), *(double*)(sp - 1)));
                    sp--;
                    ip++;
                    continue;
                case Opcode.F64Ceil:
                    sp[-1] = FloatBits.Of(Math.Ceiling(*(double*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F64Floor:
                    sp[-1] = FloatBits.Of(Math.Floor(*(double*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F64Trunc:
                    sp[-1] = FloatBits.Of(Math.Truncate(*(double*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F64Nearest:
                    sp[-1] = FloatBits.Of(Math.Round(*(double*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F64Sqrt:
                    sp[-1] = FloatBits.Of(Math.Sqrt(*(double*)(sp - 1)));
                    ip++;
                    continue;
                case Opcode.F32ConvertI32S:
                    sp[-1] = FloatBits.Of((float)(int)sp[-1]);
                    ip++;
                    continue;
                case Opcode.F32ConvertI32U:
                    sp[-1] = FloatBits.Of((float)(long)(uint)sp[-1]);
                    ip++;
                    continue;
                case Opcode.F32ConvertI64S:
                    sp[-1] = FloatBits.Of((float)(long)sp[-1]);
                    ip++;
                    continue;
                case Opcode.F32ConvertI64U:
                    sp[-1] = FloatBits.Of(FloatConversions.ToSingle(sp[-1]));
                    ip++;
                    continue;
                case Opcode.F64ConvertI32S:
                    sp[-1] = FloatBits.Of((double)(int)sp[-1]);
                    ip++;
                    continue;
                case Opcode.F64ConvertI32U:
                    sp[-1] = FloatBits.Of((double)(uint)sp[-1]);
                    ip++;
                    continue;
                case Opcode.F64ConvertI64S:
                    sp[-1] = FloatBits.Of((double)(long)sp[-1]);
                    ip++;
                    continue;
                case Opcode.F64ConvertI64U:
                    sp[-1] = FloatBits.Of(FloatConversions.ToDouble(sp[-1]));
                    ip++;
                    continue;
                case Opcode.F32DemoteF64:
                    sp[-1] = BitConverter.SingleToUInt32Bits((float)*(double*)(sp - 1));
                    ip++;
                    continue;
                case Opcode.F64PromoteF32:
                    sp[-1] = BitConverter.DoubleToUInt64Bits(*(float*)(sp - 1));
                    ip++;
                    continue;
                case Opcode.I32ReinterpretF32:
                case Opcode.I64ReinterpretF64:
                case Opcode.F32ReinterpretI32:
                case Opcode.F64ReinterpretI64:
                    ip++;
                    continue;
                case Opcode.I32TruncF32S:
                case Opcode.I32TruncF32U:
                case Opcode.I32TruncF64S:
                case Opcode.I32TruncF64U:
                case Opcode.I64TruncF32S:
                case Opcode.I64TruncF32U:
                case Opcode.I64TruncF64S:
                case Opcode.I64TruncF64U:
                    reason = FloatConversions.Truncate(ip->Opcode, sp - 1);
                    if (reason != 0)
                        goto Trap;
                    ip++;
                    continue;
                case Opcode.I32TruncSatF32S:
                case Opcode.I32TruncSatF32U:
                case Opcode.I32TruncSatF64S:
                case Opcode.I32TruncSatF64U:
                case Opcode.I64TruncSatF32S:
                case Opcode.I64TruncSatF32U:
                case Opcode.I64TruncSatF64S:
                case Opcode.I64TruncSatF64U:
                    FloatConversions.TruncateSaturating(ip->Opcode, sp - 1);
                    ip++;
                    continue;
                case Opcode.HighHalf:
                    ip++;
                    continue;
                default:
                    // vectors, in methods of their own so that this one stays as it is for all others
                    address = (ulong)VectorInterpreter.Execute(ip, sp, memory, length);
                    if (address == 0)
                        goto MemoryTrap;
                    sp = (ulong*)address;
                    ip++;
                    continue;
            }

        Call:
            frame->Position = (int)(ip - code) + 1;
            if (runsCompiledCode && (callee->CompiledEntry != 0 || compilesAtFirstCall) && store.TryGetCompiled(callee, calleeInstance))
                goto CallCompiled;
            if (callee->Instructions == null)
                goto CallSlowly;

        Push:
            {
                var header = (FrameHeader*)(sp - callee->ParameterSlots + callee->LocalSlots);
                if ((ulong*)(header + 1) + callee->OperandSlots > context->FrameEnd)
                    goto GrowStack;
                locals = sp - callee->ParameterSlots;
                if ((ulong*)header - sp > ManyLocals)
                {
                    // clearing them takes time that fuel does not count: it comes off the slice, but not off what was used
                    long time = ((ulong*)header - sp) / SlotsClearedPerFuel;
                    fuel -= time;
                    context->Granted -= time;
                }
                while (sp < header)
                    *sp++ = 0;
                header->Function = callee;
                header->CallerDistance = (int)((ulong*)header - (ulong*)frame);
                header->Instance = calleeInstance;
                if (calleeInstance != frame->Instance)
                {
                    memory = calleeInstance->Memory0->Base;
                    length = (ulong)calleeInstance->Memory0->Length;
                }
                frame = header;
                sp = (ulong*)(header + 1);
                code = callee->Instructions;
                ip = code;
                continue;
            }

        GrowStack:
            context->Frame = frame;
            context->FrameTop = sp;
            if (!store.TryReserveFrame(callee))
            {
                reason = TrapReason.CallStackExhausted;
                goto Trap;
            }
            frame = context->Frame;
            sp = context->FrameTop;
            goto Push;

        CallCompiled:
            sp -= callee->ParameterSlots;
            context->Frame = frame;
            context->FrameTop = sp;
            context->Fuel = fuel;
            if (!store.CallCompiledFromStack(callee, calleeInstance, sp))
                return ExitCause.Unwinding;
            // the frame stack may have moved
            fuel = context->Fuel;
            frame = context->Frame;
            sp = context->FrameTop;
            locals = FrameStack.Locals(frame);
            memory = frame->Instance->Memory0->Base;
            length = (ulong)frame->Instance->Memory0->Length;
            ip++;
            continue;

        CallSlowly:
            if (callee->Kind == FunctionKind.Guest)
            {
                store.InstanceOf(calleeInstance).Code.Prepare(callee);
                goto Push;
            }
            context->Frame = frame;
            context->FrameTop = sp;
            context->Fuel = fuel;
            sp -= callee->ParameterSlots;
            cause = store.CallHost(callee, frame->Instance, sp);
            if (cause != ExitCause.None)
                return cause;
            sp += callee->ResultSlots;
            memory = frame->Instance->Memory0->Base;
            length = (ulong)frame->Instance->Memory0->Length;
            ip++;
            if (fuel < 0)
                goto Check;
            continue;

        Return:
            {
                int results = frame->Function->ResultSlots;
                InstanceContext* left = frame->Instance;
                frame = (FrameHeader*)((ulong*)frame - frame->CallerDistance);
                // the results may lie over the header of the frame that is left
                for (int i = 0; i < results; i++)
                    locals[i] = sp[i - results];
                sp = locals + results;
                code = frame->Function->Instructions;
                if (code == null || (runsCompiledCode && frame->Function->ResumeEntry != 0))
                {
                    context->Frame = frame;
                    context->FrameTop = sp;
                    context->Fuel = fuel;
                    return code == null ? ExitCause.ReturnedToHost : ExitCause.None;
                }
                ip = code + frame->Position;
                locals = FrameStack.Locals(frame);
                if (frame->Instance != left)
                {
                    memory = frame->Instance->Memory0->Base;
                    length = (ulong)frame->Instance->Memory0->Length;
                }
                if (fuel < 0)
                    goto Check;
                continue;
            }

        Bulk:
            if (store.SuspendAtEverySite && !store.CarriesOperationOn)
            {
                store.CarriesOperationOn = true;
                cause = ExitCause.Preempt;
                goto Leave;
            }
            store.CarriesOperationOn = false;
            switch (BulkOperations.Execute(store, frame->Instance, ip, sp, out reason))
            {
                case BulkProgress.Done:
                    sp -= 3;
                    ip++;
                    continue;
                case BulkProgress.More:
                    store.CarriesOperationOn = true;
                    cause = ExitCause.Preempt;
                    goto Leave;
                default:
                    goto Trap;
            }

            // fuel ran out; the position is behind the check, so that nothing is charged twice
        Check:
            context->Fuel = fuel;
            mayGoOn = store.TryGoOn(frame, ip);
            fuel = context->Fuel;
            if (mayGoOn)
            {
                if (!runsCompiledCode || frame->Function->ResumeEntry == 0)
                    continue;
                // compiled code takes the frame over
                cause = ExitCause.None;
                goto Leave;
            }
            cause = ExitCause.Preempt;
            if (!store.IsOutOfFuel)
                goto Leave;
            reason = TrapReason.OutOfFuel;
            goto Trap;

        MemoryTrap:
            reason = TrapReason.MemoryOutOfBounds;
            goto Trap;

        DivideByZeroTrap:
            reason = TrapReason.IntegerDivideByZero;
            goto Trap;

        OverflowTrap:
            reason = TrapReason.IntegerOverflow;

        Trap:
            context->TrapReason = reason;
            cause = ExitCause.Trap;

        Leave:
            frame->Position = (int)(ip - code);
            context->Frame = frame;
            context->FrameTop = sp;
            context->Fuel = fuel;
            return cause;
        }
    }

    /// <summary>Moves the upper slots down over those that a branch drops.</summary>
    /// <returns>The new top.</returns>
    private static ulong* Carry(ulong* sp, long carriedAndDropped)
    {
        int carried = (int)carriedAndDropped;
        ulong* source = sp - carried;
        ulong* target = source - (carriedAndDropped >> 32);
        for (int i = 0; i < carried; i++)
            target[i] = source[i];
        return target + carried;
    }
}
