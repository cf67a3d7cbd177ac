using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

// The driver: what happens between guest code and host code. Guest code runs in Interpreter.Run, which comes back with a cause; host code runs here.
// A host function that does not return at once (it waits or called the guest) has a host frame: its slots, a header and, as operands,
// arguments or results of the guest function it called. It is always the top frame while host code of it runs.
public sealed unsafe partial class WasmStore
{
    private readonly WasmCaller _caller;
    private readonly List<GuestCall> _continuations = [];

    // the host function that was called directly and has no host frame (yet), and by which instance
    private FunctionCode* _direct;
    private InstanceContext* _directCaller;

    /// <summary>Calls a host function for guest code.</summary>
    /// <param name="function">The function.</param>
    /// <param name="instance">The instance that calls.</param>
    /// <param name="slots">Its arguments, on top of the frame stack.</param>
    /// <returns>None if it returned; else the guest has to come out, with frame and frame top saved as before the results.</returns>
    internal ExitCause CallHost(FunctionCode* function, InstanceContext* instance, ulong* slots)
    {
        _caller.Begin(instance);
        try
        {
            if (function->SlotEntry != 0)
                ((delegate*<WasmCaller, ulong*, void>)function->SlotEntry)(_caller, slots);
            else
                HostFunctionOf(function).Callback!(_caller, new Span<ulong>(slots, function->LocalSlots));
        }
        catch (Exception exception)
        {
            _caller.Fail(exception);
        }
        return _caller.HasDecided ? LeaveHost(function, instance) : ExitCause.None;
    }

    /// <summary>A host function that was called directly has not returned but decided otherwise.</summary>
    /// <returns>What it decided.</returns>
    internal ExitCause LeaveHost(FunctionCode* function, InstanceContext* instance)
    {
        _direct = function;
        _directCaller = instance;
        return _caller.Outcome;
    }

    private static WasmHostFunction HostFunctionOf(FunctionCode* code) =>
        Unsafe.As<WasmHostFunction>(GCHandle.FromIntPtr(code->Owner).Target!);

    private static Span<ulong> HostSlots(FrameHeader* frame) => new(FrameStack.Locals(frame), frame->Function->LocalSlots);

    private ExecutionStatus Drive()
    {
        ExitCause cause = TakeHandedIn();
        while (true)
        {
            switch (cause)
            {
                case ExitCause.None:
                    cause = RunGuest();
                    continue;
                case ExitCause.Unwinding:
                    cause = FinishUnwinding();
                    continue;
                case ExitCause.ReturnedToHost:
                    if (_context->Frame->Function->Kind == FunctionKind.Bottom)
                        return Complete();
                    cause = ReturnToHost();
                    continue;
                case ExitCause.CallGuest:
                    cause = PushHostFrame() ? CallGuest() : RaiseCallStackExhausted();
                    continue;
                case ExitCause.Wait:
                    if (PushHostFrame())
                    {
                        Pending = _caller.Pending;
                        _caller.Clear();
                        return ExecutionStatus.Waiting;
                    }
                    cause = RaiseCallStackExhausted();
                    continue;
                case ExitCause.Preempt:
                    if (SuspendAtEverySite)
                        DeadLocals.Overwrite(this);
                    return ExecutionStatus.Preempted;
                case ExitCause.Trap:
                    cause = Catch();
                    if (cause != ExitCause.Trap)
                        continue;
                    Unwind();
                    return ExecutionStatus.Trapped;
                default:
                    ExitCode = _caller.ExitCode;
                    _direct = null;
                    Unwind();
                    return ExecutionStatus.Exited;
            }
        }
    }

    private ExitCause TakeHandedIn()
    {
        ExitCause handedIn = _handedIn;
        _handedIn = ExitCause.None;
        if (_started is WasmFunction function)
        {
            _started = null;
            return Enter(function);
        }
        switch (handedIn)
        {
            case ExitCause.ReturnedToHost:
                PopHostFrame();
                return ExitCause.None;
            case ExitCause.Wait:
                Action<WasmCaller> completion = _completion!;
                _completion = null;
                return RunHostCode(completion, static (completion, caller, _) => completion(caller));
            default:
                return handedIn;
        }
    }

    // the function's arguments are the top operands of a host frame or the bottom frame
    private ExitCause Enter(WasmFunction function)
    {
        FunctionCode* code = function.Code;
        if (code->Kind == FunctionKind.Host)
        {
            ExitCause cause = CallHost(code, _context->Frame->Instance, _context->FrameTop - code->ParameterSlots);
            if (cause == ExitCause.None)
                _context->FrameTop += code->ResultSlots - code->ParameterSlots;
            return cause;
        }
        InstanceOf(function.Context).Code.Prepare(code);
        if (!TryReserveFrame(code))
            return RaiseCallStackExhausted();
        FrameStack.Push(_context, code, function.Context);
        return ExitCause.None;
    }

    /// <summary>Makes room for a frame on arguments that end at FrameTop.</summary>
    internal bool TryReserveFrame(FunctionCode* code) =>
        FrameStack.TryReserve(_context, (long)code->LocalSlots - code->ParameterSlots + FrameHeader.Slots + code->OperandSlots, Options.MaxFrameBytes);

    /// <summary>Gives the host function that was called directly a frame; one that has a frame keeps it.</summary>
    /// <returns>False if there is no room.</returns>
    private bool PushHostFrame()
    {
        if (_direct == null)
            return true;
        FunctionCode* function = _direct;
        if (!FrameStack.TryReserve(_context, (long)function->LocalSlots + FrameHeader.Slots, Options.MaxFrameBytes))
            return false;
        FrameStack.Push(_context, function, _directCaller);
        _direct = null;
        return true;
    }

    private void PopHostFrame()
    {
        FrameHeader* frame = _context->Frame;
        _context->FrameTop = FrameStack.Locals(frame) + frame->Function->ResultSlots;
        _context->Frame = FrameStack.Caller(frame);
    }

    private ExitCause CallGuest()
    {
        WasmFunction callee = _caller.Callee!;
        FrameHeader* frame = _context->Frame;
        frame->HostState = _continuations.Count;
        _continuations.Add(_caller.Continuation!);
        ReadOnlySpan<ulong> arguments = _caller.CalleeArguments;
        _context->FrameTop = (ulong*)(frame + 1);
        if (!FrameStack.TryReserve(_context, Math.Max(arguments.Length, callee.Type.ResultSlots), Options.MaxFrameBytes))
            return RaiseCallStackExhausted();
        arguments.CopyTo(new Span<ulong>(_context->FrameTop, arguments.Length));
        _context->FrameTop += arguments.Length;
        _caller.Clear();
        return Enter(callee);
    }

    private ExitCause ReturnToHost()
    {
        GuestCall continuation = TakeContinuation(_context->Frame)!;
        return RunHostCode(continuation, static (continuation, caller, store) =>
        {
            FrameHeader* frame = store._context->Frame;
            var results = (ulong*)(frame + 1);
            continuation.Returned(caller, new ReadOnlySpan<ulong>(results, (int)(store._context->FrameTop - results)), HostSlots(frame));
        });
    }

    /// <summary>Runs more code of the host function whose frame is on top; when it returns, its frame goes.</summary>
    private ExitCause RunHostCode<T>(T code, Action<T, WasmCaller, WasmStore> run)
    {
        _caller.Begin(_context->Frame->Instance);
        try
        {
            run(code, _caller, this);
        }
        catch (Exception exception)
        {
            _caller.Fail(exception);
        }
        if (_caller.Outcome == ExitCause.None)
            PopHostFrame();
        return _caller.Outcome;
    }

    private GuestCall? TakeContinuation(FrameHeader* frame)
    {
        if (frame->HostState < 0)
            return null;
        GuestCall continuation = _continuations[^1];
        _continuations.RemoveAt(_continuations.Count - 1);
        frame->HostState = -1;
        return continuation;
    }

    /// <summary>The host code that ran last wanted a frame for which there is no room.</summary>
    private ExitCause RaiseCallStackExhausted()
    {
        _caller.Begin(null);
        _context->TrapReason = TrapReason.CallStackExhausted;
        return ExitCause.Trap;
    }

    private ExecutionStatus Complete()
    {
        var slot = (ulong*)(_context->Frame + 1);
        _results = new WasmValue[_resultType!.Results.Length];
        for (int i = 0; i < _results.Length; i++)
        {
            _results[i] = Read(slot, _resultType.Results[i]);
            slot += _resultType.Results[i].Slots;
        }
        Unwind();
        return ExecutionStatus.Completed;
    }

    /// <summary>Unwinds to the innermost host frame that catches the trap.</summary>
    /// <returns>How that one goes on, or Trap if none does: then the trap is the guest's end.</returns>
    private ExitCause Catch()
    {
        WasmTrap trap = MakeTrap();
        FrameHeader* frame = _context->Frame;
        while (frame != null)
        {
            if (frame->Function->Kind == FunctionKind.Host && TakeContinuation(frame) is GuestCall continuation)
            {
                _context->Frame = frame;
                _context->FrameTop = (ulong*)(frame + 1);
                bool caught = false;
                _caller.Begin(frame->Instance);
                try
                {
                    caught = continuation.Caught(_caller, trap, HostSlots(frame));
                }
                catch (Exception exception)
                {
                    _caller.Fail(exception);
                    caught = true;
                }
                if (caught && _caller.Outcome == ExitCause.None)
                    PopHostFrame();
                if (caught && _caller.Outcome != ExitCause.Trap)
                    return _caller.Outcome;
                if (caught)
                    trap = MakeTrap();
            }
            frame = FrameStack.Caller(frame);
        }
        Trap = trap;
        return ExitCause.Trap;
    }

    // the host function that trapped has a frame on top, unless it was called directly
    private string HostTrapMessage()
    {
        FunctionCode* function = _direct != null ? _direct : _context->Frame->Function;
        string? name = function->Kind == FunctionKind.Host ? HostFunctionOf(function).Name : null;
        return name is null ? _caller.TrapMessage! : $"{name}: {_caller.TrapMessage}";
    }

    // takes what the caller, or else the context, says about the trap
    private WasmTrap MakeTrap()
    {
        bool byHost = _caller.Outcome == ExitCause.Trap;
        (var frames, int omitted) = StackTrace.Capture(this, innermostCalls: _failedInCall || (byHost && _direct != null));
        _failedInCall = false;
        TrapReason reason = byHost ? TrapReason.Host : _context->TrapReason;
        var trap = new WasmTrap(reason, byHost ? HostTrapMessage() : TrapMessages.Of(reason), frames, byHost ? _caller.TrapCause : null, omitted);
        _caller.Clear();
        _caller.Begin(null);
        _direct = null;
        return trap;
    }
}
