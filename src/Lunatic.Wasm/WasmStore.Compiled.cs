using System.Runtime.CompilerServices;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Interpretation;

namespace Lunatic.Wasm;

// running compiled code. It runs on the native stack: its frames come onto the frame stack only when it has to come out, by way of SavedFrames.
public sealed unsafe partial class WasmStore
{
    private static readonly bool CanCompile = RuntimeFeature.IsDynamicCodeSupported && Environment.Is64BitProcess && BitConverter.IsLittleEndian;

    // whether the last call failed before its callee had a frame, so that the caller's frame stands behind the call
    private bool _failedInCall;

    /// <summary>Whether compiled code may run in the present slice.</summary>
    internal bool RunsCompiledCode { get; private set; }

    /// <summary>Whether functions are compiled when they are called for the first time.</summary>
    internal bool CompilesAtFirstCall => Options.ExecutionMode == WasmExecutionMode.Compiled;

    /// <summary>Whether a call of the function is to enter compiled code.</summary>
    internal bool TryGetCompiled(FunctionCode* code, InstanceContext* instance)
    {
        if (Volatile.Read(ref code->CompiledEntry) != 0)
            return !StaysInterpreted;
        return CompilesAtFirstCall && code->Kind == FunctionKind.Guest && !code->IsNotCompilable && InstanceOf(instance).Code.TryCompile(code);
    }

    /// <summary>Calls compiled code. Results lie in the context's result area.</summary>
    /// <returns>False if it is unwinding.</returns>
    internal bool CallCompiled(FunctionCode* code, InstanceContext* instance, ulong* arguments)
    {
        _context->Activate(&instance->Calls);
        ((delegate*<nint, InstanceContext*, ulong*, void>)code->EnterStub)(code->CompiledEntry, instance, arguments);
        return _context->Fuel >= 0;
    }

    /// <summary>Calls compiled code, and puts the results onto the frame stack.</summary>
    /// <returns>False if it is unwinding.</returns>
    internal bool CallCompiledFromStack(FunctionCode* code, InstanceContext* instance, ulong* arguments)
    {
        if (!CallCompiled(code, instance, arguments))
            return false;
        ulong* top = _context->FrameTop;
        for (int i = 0; i < code->ResultSlots; i++)
            top[i] = _context->Results[i];
        _context->FrameTop = top + code->ResultSlots;
        return true;
    }

    /// <summary>A call failed before its callee had a frame.</summary>
    internal ExitCause FailCall(TrapReason reason)
    {
        _context->TrapReason = reason;
        _failedInCall = true;
        return ExitCause.Trap;
    }

    /// <summary>Goes on with the guest frames on top, until something makes it come out or the top frame is none of a guest (ReturnedToHost).</summary>
    internal ExitCause RunGuest()
    {
        while (_context->Frame->Function->Kind == FunctionKind.Guest)
        {
            ExitCause cause = RunsCompiledCode ? RunFrame() : Interpreter.Run(this);
            if (cause != ExitCause.None)
                return cause;
            if (SuspendAtEverySite && _context->Frame->Function->Kind == FunctionKind.Guest)
                return ExitCause.Preempt;
        }
        return ExitCause.ReturnedToHost;
    }

    // None: the frame has returned, its results lie on top of its caller's
    private ExitCause RunFrame()
    {
        FrameHeader* frame = _context->Frame;
        FunctionCode* code = frame->Function;
        InstanceContext* instance = frame->Instance;
        if (frame->Position == 0)
        {
            if (!TryGetCompiled(code, instance))
                return Interpreter.Run(this);
            ulong* arguments = FrameStack.Locals(frame);
            _context->FrameTop = arguments;
            _context->Frame = FrameStack.Caller(frame);
            return CallCompiledFromStack(code, instance, arguments) ? ExitCause.None : ExitCause.Unwinding;
        }
        ModuleCode module = InstanceOf(instance).Code;
        if (!TryGetResume(module, code))
            return Interpreter.Run(this);
        int site = module.SitesOf(code).Find(frame->Position);
        nint entry = module.ResumeEntryAt(code, site, CompilesAtOnce);
        _context->Activate(&instance->Calls);
        ((delegate*<InstanceContext*, int, void>)entry)(instance, site);
        return _context->Fuel >= 0 ? ExitCause.None : ExitCause.Unwinding;
    }

    private bool CompilesAtOnce => CompilesAtFirstCall || TierSwitches is not null;

    private bool TryGetResume(ModuleCode module, FunctionCode* code)
    {
        if (Volatile.Read(ref code->ResumeEntry) != 0)
            return !StaysInterpreted;
        return CompilesAtFirstCall && !code->IsNotCompilable && !code->IsNotResumable && module.TryCompileResume(code);
    }

    /// <summary>Compiled code has unwound: its frames come onto the stack.</summary>
    /// <returns>How it goes on.</returns>
    private ExitCause FinishUnwinding()
    {
        _context->Fuel = _context->FuelKept;
        if (!SavedFrames.Restore(_context, SaveArea.OfThread, Options.MaxFrameBytes))
        {
            _caller.Begin(null);
            return FailCall(TrapReason.CallStackExhausted);
        }
        switch (_context->Cause)
        {
            case ExitCause.StackFull:
                return ExitCause.None;
            case ExitCause.Preempt when _context->Fuel < 0 && TryGoOn():
                return ExitCause.None;
            case ExitCause.Preempt when _context->Fuel < 0 && IsOutOfFuel:
                _context->TrapReason = TrapReason.OutOfFuel;
                return ExitCause.Trap;
            default:
                return _context->Cause;
        }
    }

    // drives the guest with what compiled code needs: the thread's areas, a limit of the native stack, and fuel that is not negative
    private ExecutionStatus DriveCompiled()
    {
        if (!NativeStack.TryGetLimit(out nint limit))
            return Drive();
        if (_context->Fuel < 0)
        {
            // what was used stays the difference, and the next check comes out
            _context->Granted -= _context->Fuel;
            _context->Fuel = 0;
        }
        SaveArea area = SaveArea.OfThread;
        WasmStore? outer = area.Lend(this);
        _context->Active->StackLimit = limit;
        RunsCompiledCode = true;
        try
        {
            return Drive();
        }
        finally
        {
            RunsCompiledCode = false;
            area.TakeBack(outer);
        }
    }
}
