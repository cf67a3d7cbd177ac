using System.Collections.Immutable;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

// starting, resuming and what the owner of a suspended guest may do with it
public sealed unsafe partial class WasmStore
{
    // what a check may grant itself in place at most; also how finely heat is sampled and how soon an interrupt is noticed
    private const long MaxQuantum = 16_384;

    private WasmFunction? _started;
    private WasmValue[] _results = [];
    private WasmFunctionType? _resultType;

    // what was handed in since the guest was suspended and decides how it goes on
    private ExitCause _handedIn;
    private Action<WasmCaller>? _completion;

    /// <summary>Results of the started function, after <see cref="ExecutionStatus.Completed"/>.</summary>
    public WasmValue[] Results => [.. _results];

    /// <summary>The trap, after <see cref="ExecutionStatus.Trapped"/>.</summary>
    public WasmTrap? Trap { get; private set; }

    /// <summary>The exit code, after <see cref="ExecutionStatus.Exited"/>.</summary>
    public int ExitCode { get; private set; }

    /// <summary>What the host function that waits passed to <see cref="WasmCaller.Wait"/>, after <see cref="ExecutionStatus.Waiting"/>.</summary>
    public object? Pending { get; private set; }

    /// <summary>Fuel that the store's guests have used in all: about one for every operator executed.</summary>
    public long FuelUsed
    {
        get
        {
            CheckUsable();
            return _context->Granted - _context->Fuel;
        }
    }

    /// <summary>Whether no guest is there, so that <see cref="Start"/> may come.</summary>
    public bool IsIdle => _state == StoreState.Idle;

    /// <summary>Whether a guest is in its slice, also while a host function of it runs.</summary>
    internal bool IsRunning => _state == StoreState.Running;

    /// <summary>
    /// For tests: every site ends the slice (<see cref="ExecutionStatus.Preempted"/>), and locals that are dead there are overwritten.
    /// Fuel is counted as ever, and its limit ends the guest at the same check.
    /// </summary>
    internal bool SuspendAtEverySite { get; set; }

    /// <summary>Whether the bulk operation that the guest stands before has had its suspension: it is to be carried on.</summary>
    internal bool CarriesOperationOn { get; set; }

    /// <summary>Makes a function ready to run; <see cref="Resume"/> runs it.</summary>
    /// <exception cref="ArgumentException">The function belongs to another store, or number or types of the arguments are wrong.</exception>
    /// <exception cref="InvalidOperationException">A guest is running or suspended already.</exception>
    public void Start(WasmFunction function, params ReadOnlySpan<WasmValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        CheckUsable();
        CheckOwns(function);
        if (_state != StoreState.Idle)
            throw new InvalidOperationException($"the store is {_state.ToString().ToLowerInvariant()}: a guest can be started when none is there");
        if (arguments.Length != function.Type.Parameters.Length)
            throw new ArgumentException($"{arguments.Length} arguments for {function.Type}", nameof(arguments));

        Clear();
        int slots = Math.Max(function.Type.ParameterSlots, function.Type.ResultSlots);
        if (!FrameStack.TryReserve(_context, FrameHeader.Slots + slots, Options.MaxFrameBytes))
            throw new InvalidOperationException($"the arguments are beyond the store's limit of {Options.MaxFrameBytes} bytes for frames");
        _context->FrameTop = _context->FrameBase;
        FrameStack.Push(_context, FrameStack.Bottom, null);
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                Write(_context->FrameTop, arguments[i], function.Type.Parameters[i], nameof(arguments));
                _context->FrameTop += function.Type.Parameters[i].Slots;
            }
        }
        catch
        {
            Unwind();
            throw;
        }
        _started = function;
        _resultType = function.Type;
        _handedIn = ExitCause.None;
        _state = StoreState.Suspended;
    }

    /// <summary>Runs the guest for a slice. What a guest does never makes it throw.</summary>
    /// <param name="fuel">
    /// About how much fuel the slice may use; a guest uses a little more (up to the end of the loop body or function that it is in), which the next slices pay.
    /// </param>
    /// <exception cref="InvalidOperationException">There is no guest, it is running, or it waits for results that have not been handed in.</exception>
    public ExecutionStatus Resume(long fuel)
    {
        CheckUsable();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fuel);
        if (_state != StoreState.Suspended)
        {
            throw new InvalidOperationException(_state switch
            {
                StoreState.Waiting => "the guest waits in a host function: hand in its results first",
                StoreState.Running => "the guest is running",
                _ => "there is no guest: start one first",
            });
        }
        _state = StoreState.Running;
        Grant(fuel);
        ExecutionStatus status = !PaysDebt() ? ExecutionStatus.Preempted
            : CanCompile && Options.ExecutionMode != WasmExecutionMode.Interpreted ? DriveCompiled()
            : Drive();
        _state = status switch
        {
            ExecutionStatus.Preempted => StoreState.Suspended,
            ExecutionStatus.Waiting => StoreState.Waiting,
            _ => StoreState.Idle,
        };
        GC.KeepAlive(this);
        return status;
    }

    /// <summary>Hands in the results of the host function that waits; then the guest can be resumed.</summary>
    /// <exception cref="ArgumentException">The number of slots is not that of the function's results.</exception>
    /// <exception cref="InvalidOperationException">No host function waits.</exception>
    public void CompleteWait(params ReadOnlySpan<ulong> resultSlots)
    {
        CheckWaiting();
        FunctionCode* function = _context->Frame->Function;
        if (resultSlots.Length != function->ResultSlots)
            throw new ArgumentException($"{resultSlots.Length} result slots for a host function with {function->ResultSlots}", nameof(resultSlots));
        resultSlots.CopyTo(HostSlots(_context->Frame));
        EndWait(ExitCause.ReturnedToHost, null);
    }

    /// <summary>The host function that waits traps; then the guest can be resumed, which unwinds it (a host frame may catch the trap).</summary>
    /// <exception cref="InvalidOperationException">No host function waits.</exception>
    public void FailWait(string message, Exception? cause = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        CheckWaiting();
        EndWait(ExitCause.Trap, null);
        _caller.Begin(_context->Frame->Instance);
        _caller.Trap(message, cause);
    }

    /// <summary>
    /// The host function that waits goes on with <paramref name="completion"/> when the guest is resumed: with the rules of a host function, so it may trap,
    /// wait again, exit or call the guest; results it puts into <see cref="WaitSlots"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">No host function waits.</exception>
    public void ContinueWait(Action<WasmCaller> completion)
    {
        ArgumentNullException.ThrowIfNull(completion);
        CheckWaiting();
        EndWait(ExitCause.Wait, completion);
    }

    /// <summary>The argument and result slots of the host function that waits, or that is being continued by <see cref="ContinueWait"/>.</summary>
    /// <exception cref="InvalidOperationException">No host function waits.</exception>
    public Span<ulong> WaitSlots
    {
        get
        {
            CheckUsable();
            if (_state is StoreState.Idle || _context->Frame->Function->Kind != FunctionKind.Host)
                throw new InvalidOperationException("no host function waits");
            return HostSlots(_context->Frame);
        }
    }

    internal nint WaitSlotsAddress => (nint)FrameStack.Locals(_context->Frame);

    /// <summary>The instance that called the host function that waits, or null if it was not called by a guest.</summary>
    public WasmInstance? WaitingInstance
    {
        get
        {
            CheckWaiting();
            InstanceContext* instance = _context->Frame->Instance;
            return instance == null ? null : InstanceOf(instance);
        }
    }

    /// <summary>
    /// Makes the running slice end at the next check. Safe from any thread and at any time: it may come too late and then makes another slice
    /// end early, of this store or of one that uses its context now.
    /// </summary>
    public void Interrupt()
    {
        StoreContext* context = _context;
        if (context != null)
            Volatile.Write(ref context->Quantum, 0);
    }

    /// <summary>Gives a suspended guest up, as if it had never been started; what it did to memories stays.</summary>
    /// <exception cref="InvalidOperationException">The guest is running.</exception>
    public void Abandon()
    {
        CheckUsable();
        if (_state == StoreState.Running)
            throw new InvalidOperationException("the guest is running");
        Unwind();
        Clear();
        _state = StoreState.Idle;
    }

    /// <summary>The stack of a suspended guest, innermost first; of a deep one the ends (see <see cref="WasmTrap.Stack"/>).</summary>
    /// <exception cref="InvalidOperationException">The guest is running.</exception>
    public ImmutableArray<WasmFrame> CaptureStack() => CaptureFrames().Frames;

    /// <summary>The same, with the number of those in the middle that are left out.</summary>
    internal (ImmutableArray<WasmFrame> Frames, int Omitted) CaptureFrames()
    {
        CheckUsable();
        if (_state == StoreState.Running)
            throw new InvalidOperationException("the guest is running");
        return StackTrace.Capture(this, innermostCalls: false);
    }

    private bool TryGoOn()
    {
        StoreContext* context = _context;
        while (context->Fuel < 0)
        {
            long quantum = Math.Min(Volatile.Read(ref context->Quantum), context->SliceLeft);
            if (quantum <= 0)
                return false;
            context->SliceLeft -= quantum;
            context->Granted += quantum;
            context->Fuel += quantum;
        }
        return true;
    }

    /// <summary>
    /// Whether the guest, out at a check, has used more fuel than there is at all. Using exactly all of it is no offence: so it does not depend on the
    /// slices at which check the guest ends.
    /// </summary>
    internal bool IsOutOfFuel => Options.MaxFuel is long limit && FuelUsed > limit;

    // what is left over goes back first; a debt stays
    private void Grant(long fuel)
    {
        StoreContext* context = _context;
        if (TierSwitches is Random random)
            fuel = Math.Min(fuel, random.Next(1, 2_000));
        if (context->Fuel > 0)
        {
            context->Granted -= context->Fuel;
            context->Fuel = 0;
        }
        context->SliceLeft = fuel;
        if (Options.MaxFuel is long limit)
            context->SliceLeft = Math.Max(0, Math.Min(fuel, limit - context->Granted));
        Volatile.Write(ref context->Quantum, Quantum);
        if (SuspendAtEverySite && CanCompile && Options.ExecutionMode != WasmExecutionMode.Interpreted)
        {
            // no fuel, so that every check that costs something comes out
            context->SliceLeft = 0;
        }
        else if (SuspendAtEverySite)
        {
            // fuel so negative that every check comes out, none can be paid, and what was used is still the difference
            const long Bias = 1L << 60;
            context->SliceLeft = 0;
            if (context->Fuel > -Bias)
            {
                context->Fuel -= Bias;
                context->Granted -= Bias;
            }
        }
    }

    // What earlier slices owe is paid before the guest goes on, in all modes: so slices of the same fuel end at the same checks. One that has used all there is goes on, to trap at its check.
    private bool PaysDebt() => _context->Fuel >= 0 || SuspendAtEverySite || TryGoOn() || IsOutOfFuel;

    private void CheckWaiting()
    {
        CheckUsable();
        if (_state != StoreState.Waiting)
            throw new InvalidOperationException("no host function waits");
    }

    private void EndWait(ExitCause handedIn, Action<WasmCaller>? completion)
    {
        _handedIn = handedIn;
        _completion = completion;
        Pending = null;
        _state = StoreState.Suspended;
    }

    private void Clear()
    {
        _started = null;
        _results = [];
        Trap = null;
        ExitCode = 0;
        Pending = null;
        _completion = null;
        CarriesOperationOn = false;
    }

    private void Unwind()
    {
        _continuations.Clear();
        _context->Frame = null;
        _context->FrameTop = _context->FrameBase;
    }
}
