using System.Reflection.Emit;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Wasm.Compilation.Emission;

// calls of host functions that move one byte, or eight, between the guest's memory and an open byte window: done in place; whatever else they are is a call, out of the way
internal sealed unsafe partial class FunctionEmitter
{
    private readonly List<ByteCall> _byteCalls = [];

    /// <summary>The call for what cannot be done in place.</summary>
    private sealed record ByteCall(int Function, Value[] Arguments, Variable[] Results, Site Site, Label Begin, Label End);

    private void EmitByteCall(int i, int function, ByteWindowUse use, Value[] arguments)
    {
        Value address = ToVariable(arguments[0]), length = ToVariable(arguments[1]);
        Variable[] results = NewResults(_definition.FunctionTypes[function]);
        Site site = AddSite(SiteKind.Call, i + 1, results);
        var call = new ByteCall(function, [address, length], results, site, _il.DefineLabel(), _il.DefineLabel());
        _byteCalls.Add(call);
        Label other = _il.DefineLabel();
        EmitMove(call, use, sizeof(byte), other);
        _il.MarkLabel(other);
        EmitMove(call, use, sizeof(long), call.Begin);
        _il.MarkLabel(call.End);
        PushResults(results);
    }

    // a move of so many bytes between the address and the window; where the length is another the other label follows
    private void EmitMove(ByteCall call, ByteWindowUse use, int size, Label other)
    {
        (int next, int end) = use == ByteWindowUse.Append ? (ContextFields.AppendNext, ContextFields.AppendEnd) : (ContextFields.TakeNext, ContextFields.TakeEnd);
        Evaluate(call.Arguments[1]);
        _il.Emit(OpCodes.Ldc_I4, size);
        _il.Emit(OpCodes.Bne_Un, other);
        LoadStoreField(next, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _pointer);
        LoadStoreField(end, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Ldloc, _pointer);
        _il.Emit(OpCodes.Sub);
        EmitOffset(-size);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Blt, call.Begin);
        Evaluate(call.Arguments[0]);
        _il.Emit(OpCodes.Conv_U8);
        LoadMemoryField(ContextFields.MemoryLength, OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Ldc_I8, (long)size);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Bgt, call.Begin);

        EmitMovedAddress(call, use == ByteWindowUse.Take);
        EmitMovedAddress(call, use == ByteWindowUse.Append);
        _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(size == sizeof(byte) ? OpCodes.Ldind_U1 : OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(size == sizeof(byte) ? OpCodes.Stind_I1 : OpCodes.Stind_I8);

        EmitStoreFieldAddress(next);
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(size);
        _il.Emit(OpCodes.Stind_I);
        _il.Emit(OpCodes.Ldc_I4, size);
        Assign(call.Results[0]);
        _il.Emit(OpCodes.Br, call.End);
    }

    private void EmitMovedAddress(ByteCall call, bool isTheGuests)
    {
        if (!isTheGuests)
        {
            _il.Emit(OpCodes.Ldloc, _pointer);
            return;
        }
        LoadMemoryField(ContextFields.MemoryBase, OpCodes.Ldind_I);
        Evaluate(call.Arguments[0]);
        _il.Emit(OpCodes.Conv_U);
        _il.Emit(OpCodes.Add);
    }

    private void EmitByteCalls()
    {
        foreach (ByteCall call in _byteCalls)
        {
            _il.MarkLabel(call.Begin);
            LocalBuilder reference = LoadImport(call.Function);
            EmitCallBy(_definition.FunctionTypes[call.Function], call.Arguments, reference, LoadCode(reference), call.Results, call.Site);
            _il.Emit(OpCodes.Br, call.End);
        }
    }
}
