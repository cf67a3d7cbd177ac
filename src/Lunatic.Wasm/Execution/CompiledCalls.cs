using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Interpretation;

namespace Lunatic.Wasm.Execution;

/// <summary>Calls of compiled code to what is not compiled: host functions and interpreted functions.</summary>
internal static unsafe class CompiledCalls
{
    /// <summary>
    /// Calls the context's callee for a stub. On return the results lie in the context's result area, or fuel is negative: then the callee's frames are saved,
    /// and the caller has to unwind.
    /// </summary>
    /// <param name="instance">The callee's instance; of a host function the caller's.</param>
    /// <param name="slots">The arguments; room for the results, too.</param>
    public static void Call(InstanceContext* instance, ulong* slots)
    {
        WasmStore store = SaveArea.OfThread.Store!;
        StoreContext* context = instance->Store;
        CallState* caller = context->Active;
        FunctionCode* callee = caller->Callee;
        ExitCause cause = callee->Kind == FunctionKind.Host ? CallHost(store, callee, instance, slots) : CallGuest(store, callee, instance, slots);
        if (cause is not (ExitCause.None or ExitCause.Unwinding))
            Unwind(context, cause);
        context->Activate(caller);
    }

    /// <summary>Tells compiled callers to save their frames and leave.</summary>
    public static void Unwind(StoreContext* context, ExitCause cause)
    {
        context->Cause = cause;
        context->FuelKept = context->Fuel;
        context->Fuel = long.MinValue;
    }

    /// <summary>A host function that compiled code called has decided otherwise than to return: its arguments are saved.</summary>
    /// <returns>What it decided.</returns>
    public static ExitCause LeaveHost(WasmStore store, FunctionCode* callee, InstanceContext* instance, ulong* slots)
    {
        SavedFrames.SaveSlots(instance->Store, slots, callee->ParameterSlots);
        return store.LeaveHost(callee, instance);
    }

    private static ExitCause CallHost(WasmStore store, FunctionCode* callee, InstanceContext* instance, ulong* slots)
    {
        StoreContext* context = instance->Store;
        ExitCause cause = store.CallHost(callee, instance, slots);
        if (cause == ExitCause.None)
            Copy(slots, context->Results, callee->ResultSlots);
        else
            SavedFrames.SaveSlots(context, slots, callee->ParameterSlots);
        return cause;
    }

    private static ExitCause CallGuest(WasmStore store, FunctionCode* callee, InstanceContext* instance, ulong* slots)
    {
        if (store.TryGetCompiled(callee, instance))
            return store.CallCompiled(callee, instance, slots) ? ExitCause.None : ExitCause.Unwinding;

        StoreContext* context = instance->Store;
        store.InstanceOf(instance).Code.Prepare(callee);
        long needed = FrameHeader.Slots + (long)callee->LocalSlots + FrameHeader.Slots + callee->OperandSlots;
        if (!FrameStack.TryReserve(context, needed, store.Options.MaxFrameBytes))
            return store.FailCall(TrapReason.CallStackExhausted);
        FrameHeader* mark = FrameStack.Push(context, FrameStack.Compiled, null);
        long place = (ulong*)mark - context->FrameBase;
        Copy(slots, context->FrameTop, callee->ParameterSlots);
        context->FrameTop += callee->ParameterSlots;
        FrameStack.Push(context, callee, instance);
        ChargeClearing(context, callee->LocalSlots - callee->ParameterSlots);

        ExitCause cause = store.RunGuest();
        mark = (FrameHeader*)(context->FrameBase + place);
        if (cause != ExitCause.ReturnedToHost)
        {
            SavedFrames.SaveAbove(context, mark);
            return cause;
        }
        Copy((ulong*)(mark + 1), context->Results, callee->ResultSlots);
        context->Frame = FrameStack.Caller(mark);
        context->FrameTop = (ulong*)mark;
        return ExitCause.None;
    }

    // as the interpreter does for its own calls
    private static void ChargeClearing(StoreContext* context, int slots)
    {
        if (slots <= Interpreter.ManyLocals)
            return;
        context->Fuel -= slots / Interpreter.SlotsClearedPerFuel;
        context->Granted -= slots / Interpreter.SlotsClearedPerFuel;
    }

    private static void Copy(ulong* source, ulong* target, int slots)
    {
        for (int i = 0; i < slots; i++)
            target[i] = source[i];
    }
}
