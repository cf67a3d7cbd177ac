using System.Reflection.Emit;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Compilation.Emission;

// checks of fuel and native stack, traps, and the code that saves a frame and leaves. A saved frame is as SavedFrames describes it.
internal sealed unsafe partial class FunctionEmitter
{
    private readonly List<Site> _saves = [];
    private readonly List<(Site Site, Label Refill)> _checks = [];
    private readonly List<(Label Label, int Position, TrapReason Reason)> _traps = [];
    private Label? _stackFull;
    private Label? _trap;
    private LocalBuilder? _trapLocal;

    private LocalBuilder TrapLocal => _trapLocal ??= _il.DeclareLocal(typeof(long));

    private Site AddSite(SiteKind kind, int position, Variable[]? results = null)
    {
        var site = new Site
        {
            Kind = kind,
            Position = position,
            Index = _sites.Find(position, kind),
            Operands = [.. _stack],
            Results = results ?? [],
            Save = _il.DefineLabel(),
            Continue = _il.DefineLabel(),
        };
        _saves.Add(site);
        _savedOperands += site.Operands.Length;
        return site;
    }

    /// <summary>Charges fuel; where it runs out, the next part of the slice is granted in place, or the frame is saved as it is after the charge.</summary>
    private void EmitCheck(SiteKind kind, int position, long cost)
    {
        Site site = AddSite(kind, position);
        Label refill = _il.DefineLabel();
        _checks.Add((site, refill));
        EmitCharge(cost);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, refill);
        _il.MarkLabel(site.Continue);
    }

    private void EmitCharge(long cost)
    {
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldc_I8, cost);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _fuel);
    }

    private void EmitStackCheck()
    {
        LocalBuilder here = _il.DeclareLocal(typeof(int));
        _stackFull = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloca, here);
        _il.Emit(OpCodes.Conv_U);
        LoadField(OpCodes.Ldarg_0, ContextFields.StackLimit, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Blt_Un, _stackFull.Value);
    }

    /// <summary>Where the instruction traps for a reason.</summary>
    private Label TrapAt(int instruction, TrapReason reason)
    {
        Label label = _il.DefineLabel();
        _traps.Add((label, instruction, reason));
        return label;
    }

    private static long TrapOf(int position, TrapReason reason) => ((long)position << 32) | (uint)reason;

    private void EmitTraps()
    {
        if (_traps.Count == 0 && _trap is null)
            return;
        _trap ??= _il.DefineLabel();
        foreach ((Label label, int position, TrapReason reason) in _traps)
        {
            _il.MarkLabel(label);
            _il.Emit(OpCodes.Ldc_I8, TrapOf(position, reason));
            _il.Emit(OpCodes.Stloc, TrapLocal);
            _il.Emit(OpCodes.Br, _trap.Value);
        }
        _il.MarkLabel(_trap.Value);
        EmitStoreFieldAddress(ContextFields.TrapReason);
        _il.Emit(OpCodes.Ldloc, TrapLocal);
        _il.Emit(OpCodes.Conv_I4);
        _il.Emit(OpCodes.Stind_I4);
        BeginUnwinding(ExitCause.Trap);
        BeginSave(0, mayLackRoom: false);
        // the position is in the upper half, where the header has it, and the caller's distance in the lower
        EmitHeader();
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(HeaderOffset(ContextFields.HeaderCallerDistance));
        _il.Emit(OpCodes.Ldloc, TrapLocal);
        _il.Emit(OpCodes.Ldc_I8, ~0xFFFF_FFFFL);
        _il.Emit(OpCodes.And);
        _il.Emit(OpCodes.Stind_I8);
        EndSave(0);
    }

    private bool TryEmitSlowPaths()
    {
        LocalBuilder? quantum = null, left = null;
        foreach ((Site site, Label refill) in _checks)
        {
            quantum ??= _il.DeclareLocal(typeof(long));
            left ??= _il.DeclareLocal(typeof(long));
            _il.MarkLabel(refill);
            if (site.Kind == SiteKind.Entry)
                EmitEntryOfInactive();
            EmitRefill(site, quantum, left);
        }
        if (_stackFull is Label stackFull)
        {
            _il.MarkLabel(stackFull);
            LoadFuel();
            BeginUnwinding(ExitCause.StackFull);
            EmitSave(0, [], locals: _type.Parameters.Length, mayLackRoom: false);
        }
        foreach (Site site in _saves)
        {
            _il.MarkLabel(site.Save);
            if (site.Kind != SiteKind.Call)
                BeginUnwinding(ExitCause.Preempt);
            EmitSave(site.Position, site.Operands, _locals.Length, mayLackRoom: site.Kind == SiteKind.Call);
            if (IsTooLarge)
                return false;
        }
        return true;
    }

    private void EmitRefill(Site site, LocalBuilder quantum, LocalBuilder left)
    {
        EmitStoreFieldAddress(ContextFields.Quantum);
        _il.Emit(OpCodes.Volatile);
        _il.Emit(OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Stloc, quantum);
        LoadStoreField(ContextFields.SliceLeft, OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Ldloc, quantum);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, left);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, site.Save);
        EmitStoreFieldAddress(ContextFields.SliceLeft);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Stind_I8);
        EmitStoreFieldAddress(ContextFields.Granted);
        LoadStoreField(ContextFields.Granted, OpCodes.Ldind_I8);
        _il.Emit(OpCodes.Ldloc, quantum);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stind_I8);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldloc, quantum);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _fuel);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Bge, site.Continue);
        _il.Emit(OpCodes.Br, site.Save);
    }

    /// <summary>
    /// The fuel of an instance that is not active is so low that the entry's check fails. Then the stub is called, which makes the instance the active one and
    /// calls this code anew.
    /// </summary>
    private void EmitEntryOfInactive()
    {
        Label isActive = _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Ldc_I8, CallState.Inactive / 2);
        _il.Emit(OpCodes.Bge, isActive);
        LoadStoreField(ContextFields.Active, OpCodes.Ldind_I);
        EmitOffset(ContextFields.Callee);
        EmitPointer(_code);
        _il.Emit(OpCodes.Stind_I);
        for (int i = 0; i <= _type.Parameters.Length; i++)
            _il.Emit(OpCodes.Ldarg, (short)i);
        EmitPointer((void*)CallStubs.Of(_type).Call);
        _il.EmitCalli(OpCodes.Calli, System.Reflection.CallingConventions.Standard, CompiledSignature.Result(_type), CompiledSignature.Parameters(_type), null);
        _il.Emit(OpCodes.Ret);
        _il.MarkLabel(isActive);
    }

    /// <summary>This code starts to unwind: what is left of the fuel is kept aside, and negative fuel tells the callers.</summary>
    private void BeginUnwinding(ExitCause cause)
    {
        EmitStoreFieldAddress(ContextFields.Cause);
        _il.Emit(OpCodes.Ldc_I4, (int)cause);
        _il.Emit(OpCodes.Stind_I4);
        EmitStoreFieldAddress(ContextFields.FuelKept);
        _il.Emit(OpCodes.Ldloc, _fuel);
        _il.Emit(OpCodes.Stind_I8);
        EmitFieldAddress(ContextFields.Fuel);
        _il.Emit(OpCodes.Ldc_I8, long.MinValue);
        _il.Emit(OpCodes.Stind_I8);
    }

    private void EmitSave(int position, Value[] operands, int locals, bool mayLackRoom)
    {
        int operandSlots = FrameLayout.SlotsOf(operands);
        BeginSave(operandSlots, mayLackRoom);
        for (int i = 0; i < locals; i++)
        {
            if (position == 0 || _sites.IsLive(position, _layout.SlotOf(i)))
                SaveSlot(_layout.SlotOf(i) * sizeof(ulong), Value.Of(_locals[i]));
        }
        EmitHeader();
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(HeaderOffset(ContextFields.HeaderPosition));
        _il.Emit(OpCodes.Ldc_I4, position);
        _il.Emit(OpCodes.Stind_I4);
        SaveSlots(HeaderOffset(0) + (FrameHeader.Slots * sizeof(ulong)), operands);
        EndSave(operandSlots);
    }

    private int HeaderOffset(int field) => (_layout.Slots * sizeof(ulong)) + field;

    private int SavedSlots(int operandSlots) => _layout.Slots + FrameHeader.Slots + operandSlots;

    private void BeginSave(int operandSlots, bool mayLackRoom)
    {
        // of its own for each, as long as that is not many: one for all would be live across calls somewhere, and take a register that calls keep from loops
        if (_ownPointers++ < MaxOwnPointers)
            _pointer = _il.DeclareLocal(typeof(nint));
        LoadStoreField(ContextFields.SaveTop, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, _pointer);
        if (!mayLackRoom)
            return;
        Label enough = _il.DefineLabel();
        int needed = SavedSlots(operandSlots) + Execution.SavedFrames.TrailerSlots;
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(needed * sizeof(ulong));
        LoadStoreField(ContextFields.SaveEnd, OpCodes.Ldind_I);
        _il.Emit(OpCodes.Ble_Un, enough);
        EmitStoreContext();
        _il.Emit(OpCodes.Ldc_I4, needed);
        _il.Emit(OpCodes.Call, RuntimeMethods.GrowSaveArea);
        _il.Emit(OpCodes.Stloc, _pointer);
        _il.MarkLabel(enough);
    }

    private void EmitHeader()
    {
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(HeaderOffset(ContextFields.HeaderInstance));
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Stind_I);
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(HeaderOffset(ContextFields.HeaderFunction));
        EmitPointer(_code);
        _il.Emit(OpCodes.Stind_I);
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(HeaderOffset(ContextFields.HeaderHostState));
        _il.Emit(OpCodes.Ldc_I8, -1L);
        _il.Emit(OpCodes.Stind_I8);
    }

    private void EndSave(int operandSlots)
    {
        int size = SavedSlots(operandSlots);
        SaveConstant(size * sizeof(ulong), size);
        SaveConstant((size + 1) * sizeof(ulong), Execution.SavedFrames.Headers(_layout.Slots, _layout.Slots));
        EmitStoreFieldAddress(ContextFields.SaveTop);
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset((size + Execution.SavedFrames.TrailerSlots) * sizeof(ulong));
        _il.Emit(OpCodes.Stind_I);
        if (!_resumes && _type.Results.Length == 1)
            EmitConstant(StackTypes.Of(_type.Results[0]), 0);
        _il.Emit(OpCodes.Ret);
    }

    private void SaveSlots(int offset, ReadOnlySpan<Value> values)
    {
        foreach (Value value in values)
        {
            SaveSlot(offset, value);
            offset += StackTypes.Slots(value.Type) * sizeof(ulong);
        }
    }

    private void SaveSlot(int offset, Value value)
    {
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(offset);
        EvaluateExactly(value);
        SlotAccess.EmitStore(_il, value.Type);
    }

    private void SaveConstant(int offset, long value)
    {
        _il.Emit(OpCodes.Ldloc, _pointer);
        EmitOffset(offset);
        _il.Emit(OpCodes.Ldc_I8, value);
        _il.Emit(OpCodes.Stind_I8);
    }
}
