using System.Runtime.CompilerServices;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>
/// The guest that calls a host function, and the ways in which the call may end other than by returning. Valid only during the call; one object per store.
/// </summary>
/// <remarks>
/// A callback calls at most one of <see cref="Trap"/>, <see cref="Wait"/>, <see cref="Exit"/> and <see cref="CallGuest"/>, and returns right after.
/// An exception that escapes the callback is a trap with the exception as cause.
/// </remarks>
public sealed unsafe class WasmCaller
{
    private InstanceContext* _instance;
    private ulong[] _arguments = [];
    private int _argumentCount;

    internal WasmCaller(WasmStore store) => Store = store;

    /// <summary>The store that the guest runs in.</summary>
    public WasmStore Store { get; }

    /// <summary>The calling instance.</summary>
    /// <exception cref="InvalidOperationException">The host function was not called by a guest.</exception>
    public WasmInstance Instance =>
        _instance != null ? Store.InstanceOf(_instance) : throw new InvalidOperationException("the host function was not called by a guest");

    /// <summary>Whether the calling instance exports a memory by the name "memory".</summary>
    public bool HasMemory => _instance != null && _instance->ExportedMemory != null;

    /// <summary>
    /// The memory that the calling instance exports as "memory", empty where there is none. Of a memory beyond 2 GiB the first 2 GiB.
    /// To be used only until the callback returns: memory may move or belong to somebody else afterwards.
    /// </summary>
    public Span<byte> Memory
    {
        get
        {
            if (!HasMemory)
                return default;
            MemoryRecord* memory = _instance->ExportedMemory;
            return new Span<byte>(memory->Base, (int)Math.Min(memory->Length, int.MaxValue));
        }
    }

    /// <summary>Length of that memory in bytes, also beyond 2 GiB; 0 where there is none.</summary>
    internal long MemoryLength => HasMemory ? _instance->ExportedMemory->Length : 0;

    /// <summary>A range of that memory, wherever it lies. An empty range must lie inside, too.</summary>
    /// <returns>False: there is no such memory, the range goes beyond its end, or it is longer than a span can be.</returns>
    internal bool TryGetMemory(uint start, ulong length, out Span<byte> bytes)
    {
        MemoryRecord* memory = ExportedMemory;
        // the length is compared alone first, so that the difference cannot become negative
        if (memory != null && length <= (ulong)memory->Length && start <= (ulong)memory->Length - length && length <= int.MaxValue)
        {
            bytes = new Span<byte>(memory->Base + start, (int)length);
            return true;
        }
        bytes = default;
        return false;
    }

    /// <summary>Reads a number from that memory.</summary>
    /// <returns>False: there is no such memory, or not all of the bytes are inside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryRead<T>(uint address, out T value)
        where T : unmanaged
    {
        MemoryRecord* memory = ExportedMemory;
        if (memory != null && address <= memory->Length - sizeof(T))
        {
            value = Unsafe.ReadUnaligned<T>(memory->Base + address);
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Writes a number to that memory.</summary>
    /// <returns>False: there is no such memory, or not all of the bytes are inside; nothing is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryWrite<T>(uint address, T value)
        where T : unmanaged
    {
        MemoryRecord* memory = ExportedMemory;
        if (memory == null || address > memory->Length - sizeof(T))
            return false;
        Unsafe.WriteUnaligned(memory->Base + address, value);
        return true;
    }

    private MemoryRecord* ExportedMemory => _instance != null ? _instance->ExportedMemory : null;

    /// <summary>The store's <see cref="WasmStore.State"/>; here, because it is what host functions look for first.</summary>
    internal object? State { get; set; }

    internal ExitCause Outcome { get; private set; }

    /// <summary>Whether the call ends otherwise than by returning.</summary>
    internal bool HasDecided => Outcome != ExitCause.None;

    internal string? TrapMessage { get; private set; }

    internal Exception? TrapCause { get; private set; }

    internal object? Pending { get; private set; }

    internal int ExitCode { get; private set; }

    internal WasmFunction? Callee { get; private set; }

    internal GuestCall? Continuation { get; private set; }

    internal ReadOnlySpan<ulong> CalleeArguments => _arguments.AsSpan(0, _argumentCount);

    /// <summary>Ends the call with a trap of the guest.</summary>
    /// <param name="message">One line that says what was wrong.</param>
    /// <param name="cause">The exception that was the reason, if one was.</param>
    public void Trap(string message, Exception? cause = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        Decide(ExitCause.Trap);
        TrapMessage = message;
        TrapCause = cause;
    }

    /// <summary>
    /// Suspends the guest until the results are handed in with <see cref="WasmStore.CompleteWait"/> (or <see cref="WasmStore.FailWait"/>,
    /// <see cref="WasmStore.ContinueWait"/>).
    /// </summary>
    /// <param name="pending">What is waited for, for the one who resumes the guest: <see cref="WasmStore.Pending"/>.</param>
    public void Wait(object? pending = null)
    {
        Decide(ExitCause.Wait);
        Pending = pending;
    }

    /// <summary>Ends the guest with an exit code.</summary>
    public void Exit(int code)
    {
        Decide(ExitCause.Exit);
        ExitCode = code;
    }

    /// <summary>Calls a guest function before this host function returns; the results go to <paramref name="continuation"/>.</summary>
    /// <param name="function">A function of this store.</param>
    /// <param name="argumentSlots">The arguments' bits, a slot each (v128: two); copied.</param>
    /// <param name="continuation">What happens when it comes back.</param>
    /// <exception cref="ArgumentException">The function belongs to another store, or the number of slots is not that of its parameters.</exception>
    public void CallGuest(WasmFunction function, ReadOnlySpan<ulong> argumentSlots, GuestCall continuation)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(continuation);
        Store.CheckOwns(function);
        if (argumentSlots.Length != function.Type.ParameterSlots)
            throw new ArgumentException($"{argumentSlots.Length} argument slots for {function.Type}", nameof(argumentSlots));
        Decide(ExitCause.CallGuest);
        Callee = function;
        Continuation = continuation;
        if (_arguments.Length < argumentSlots.Length)
            _arguments = new ulong[argumentSlots.Length];
        argumentSlots.CopyTo(_arguments);
        _argumentCount = argumentSlots.Length;
    }

    /// <summary>Begins a call from an instance (null: from outside of any guest).</summary>
    internal void Begin(InstanceContext* instance)
    {
        _instance = instance;
        Outcome = ExitCause.None;
    }

    /// <summary>An exception left the callback: a trap, whatever it had decided before.</summary>
    internal void Fail(Exception exception)
    {
        Outcome = ExitCause.Trap;
        TrapMessage = exception.Message;
        TrapCause = exception;
    }

    /// <summary>Drops what a decision left behind.</summary>
    internal void Clear()
    {
        TrapMessage = null;
        TrapCause = null;
        Pending = null;
        Callee = null;
        Continuation = null;
    }

    private void Decide(ExitCause outcome)
    {
        if (Outcome != ExitCause.None)
            throw new InvalidOperationException($"the host function has already ended its call with {Outcome}");
        Outcome = outcome;
    }
}
