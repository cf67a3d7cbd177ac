using System.Runtime.InteropServices;
using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Instances;

// The unmanaged data that guest code runs on. Interpreter, compiled code and driver read and write it through raw pointers; nothing in it is
// a managed reference. One StoreContext per store (so per process), one InstanceContext per instance, one FunctionCode per function of a module,
// shared by all its instances.

/// <summary>
/// The head of a frame. A frame lies on the store's frame stack as [slots of parameters and locals][FrameHeader][operand stack], the innermost on top,
/// frames back to back: a callee's parameters are the slots its caller pushed. All links are relative, so the stack may move when it grows.
/// A frame's state is that of the validated code just before instruction <see cref="Position"/>; in a caller the results of the call are still to come.
/// Slots of locals that are not live at the position hold anything.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FrameHeader
{
    public const int Slots = 4;

    public InstanceContext* Instance;
    public FunctionCode* Function;

    /// <summary>Slots from the caller's header to this one; 0 in the bottom frame.</summary>
    public int CallerDistance;

    /// <summary>Index of the lowered instruction to go on with. Written when the frame calls, is suspended or traps.</summary>
    public int Position;

    /// <summary>In a host frame: index of its continuation in the store's list, or -1 while it waits without one. Nothing in guest frames.</summary>
    public long HostState;
}

/// <summary>What a driver finds when guest code comes back to it.</summary>
internal enum ExitCause
{
    None,
    /// <summary>A function returned into a host frame or the bottom frame; its results are that frame's operands.</summary>
    ReturnedToHost,
    /// <summary>A host function left a pending record.</summary>
    Wait,
    /// <summary>The slice is used up or somebody asked for the process to come out.</summary>
    Preempt,
    /// <summary>A host function asks for a guest function to be called.</summary>
    CallGuest,
    /// <summary>The code trapped.</summary>
    Trap,
    /// <summary>A host function ended the guest (proc_exit).</summary>
    Exit,
    /// <summary>Compiled code has too little native stack left: it goes on in the frame that it saved, with an empty one.</summary>
    StackFull,
    /// <summary>Compiled code is on its way out: the cause is in <see cref="StoreContext.Cause"/>, its frames are in the save area.</summary>
    Unwinding,
}

/// <summary>
/// What compiled code needs at every call. It stands at the start of every instance's block, one access away from that instance's code, and is true in
/// one of a store's blocks only, the active one (<see cref="StoreContext.Activate(CallState*)"/>). Compiled code runs only while its instance is active;
/// that of others comes no further than its first check.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallState
{
    /// <summary>The fuel of instances that are not active: no check passes with it, and none comes near it otherwise.</summary>
    public const long Inactive = long.MinValue / 2;

    /// <summary>What is left of the granted fuel; a check that makes it negative goes the slow way. Only the running worker writes it.</summary>
    public long Fuel;

    /// <summary>The address that the native stack must not grow below.</summary>
    public nint StackLimit;

    /// <summary>Who is being called; compiled code leaves it here for stubs that stand in for many functions.</summary>
    public FunctionCode* Callee;
}

/// <summary>The store part of the context: fuel, frame stack, the reason of the last exit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StoreContext
{
    /// <summary>The call state that is true: of the instance whose compiled code ran last, or <see cref="Idle"/>.</summary>
    public CallState* Active;

    /// <summary>The call state before any instance has been active.</summary>
    public CallState Idle;

    /// <summary>All fuel granted so far: granted - fuel is what was used.</summary>
    public long Granted;

    /// <summary>What a check that ran out may grant itself at most to go on in place; 0 makes it come out. Any thread may set it to 0.</summary>
    public long Quantum;

    /// <summary>What is left of the slice to grant. Only the running worker uses it.</summary>
    public long SliceLeft;

    /// <summary>Base, top (end of the innermost frame's operands) and end of the frame stack.</summary>
    public ulong* FrameBase;
    public ulong* FrameTop;
    public ulong* FrameEnd;

    /// <summary>The innermost frame's header; null when no frame is there.</summary>
    public FrameHeader* Frame;

    /// <summary>Why compiled code is unwinding; set by whoever starts that, along with <see cref="FuelKept"/>.</summary>
    public ExitCause Cause;
    public TrapReason TrapReason;

    /// <summary>The fuel that is left while <see cref="Fuel"/> is negative to say that compiled code is unwinding.</summary>
    public long FuelKept;

    /// <summary>Where compiled code saves frames while it unwinds, and its end. The thread's, lent while the guest runs.</summary>
    public ulong* SaveTop;
    public ulong* SaveEnd;

    /// <summary>Where compiled code passes several results, and operands of helpers. The thread's, lent while the guest runs.</summary>
    public ulong* Results;

    /// <summary>The thread's cell with the caller object of the store that runs (see <see cref="Execution.SaveArea"/>). Lent while the guest runs.</summary>
    public void* Caller;

    /// <summary>The open part of the store's <see cref="Hosting.ByteWindow"/>: what may be appended to, and what may be taken from, without a call. Null while there is none.</summary>
    public byte* AppendNext;
    public byte* AppendEnd;
    public byte* TakeNext;
    public byte* TakeEnd;

    /// <summary>The next free one, while nobody uses this one.</summary>
    public StoreContext* NextFree;

    /// <inheritdoc cref="CallState.Fuel"/>
    public readonly ref long Fuel => ref Active->Fuel;

    /// <summary>Makes a call state the true one, before compiled code that reads it runs.</summary>
    public void Activate(CallState* state)
    {
        if (state == Active)
            return;
        *state = *Active;
        Active->Fuel = CallState.Inactive;
        Active->StackLimit = 0;
        Active = state;
    }
}

/// <summary>The instance part of the context.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InstanceContext
{
    public CallState Calls;
    public StoreContext* Store;

    /// <summary>Memory 0, or an empty memory where the module has none (never null).</summary>
    public MemoryRecord* Memory0;
    public MemoryRecord** Memories;
    public TableRecord** Tables;

    /// <summary>One pointer per global to its 16-byte cell, imported ones first.</summary>
    public ulong** Globals;

    /// <summary>What the function imports are bound to; shared by all instances of a linked module.</summary>
    public FunctionReference* Imports;

    /// <summary>The module's own functions, shared by all its instances.</summary>
    public FunctionCode* Functions;

    /// <summary>The memory that the instance exports as "memory", or null.</summary>
    public MemoryRecord* ExportedMemory;

    /// <summary>One reference per function of the module (imports first), made when one is needed for the first time; else null.</summary>
    public FunctionReference* References;

    /// <summary>One byte per data segment, then one per element segment: not 0 once it is dropped.</summary>
    public byte* DroppedData;
    public byte* DroppedElements;

    /// <summary>Index of the managed WasmInstance in its store.</summary>
    public int Index;
}

/// <summary>A linear memory. Base may change when it grows; Length never shrinks.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MemoryRecord
{
    public byte* Base;

    /// <summary>Length in bytes.</summary>
    public long Length;

    /// <summary>The table of <see cref="AddressLimits"/> for the length.</summary>
    public long* Limits;
}

/// <summary>A table of references (64-bit values, 0 = null).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TableRecord
{
    /// <summary>Funcref elements point to a <see cref="FunctionReference"/>.</summary>
    public ulong* Elements;

    /// <summary>Number of elements.</summary>
    public long Length;

    /// <summary>Room at Elements; 0 while they are the image that instances of the linked module share, which must not be written.</summary>
    public long Capacity;

    /// <summary>The number of elements that it may grow to.</summary>
    public long Maximum;
}

/// <summary>
/// What a funcref points to. In the table image that instances of a module share <see cref="Instance"/> is null: the instance that calls through the table.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FunctionReference
{
    public FunctionCode* Code;
    public InstanceContext* Instance;
}

/// <summary>What a <see cref="FunctionCode"/> stands for.</summary>
internal enum FunctionKind
{
    /// <summary>A function of a module.</summary>
    Guest,
    /// <summary>A host function; in a frame header, one that has called a guest function or waits.</summary>
    Host,
    /// <summary>The mark of the bottom frame: whoever started the guest.</summary>
    Bottom,
    /// <summary>The mark below the frames of an interpreted function that compiled code called: the caller is on the native stack.</summary>
    Compiled,
}

/// <summary>A site of a function whose frames go on in compiled code.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SiteCode
{
    /// <summary>Entry of the code that goes on in frames at this site only, once there is some.</summary>
    public nint Entry;

    /// <summary>How often frames have gone on here, up to what makes the site hot. Threads may overwrite each other's count.</summary>
    public int Uses;
}

/// <summary>A function of a module, a host function, or the mark of the bottom frame.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FunctionCode
{
    /// <summary>In <see cref="Requested"/>: the code that calls enter; the code that goes on in frames.</summary>
    public const int EntryRequested = 1;
    public const int ResumeRequested = 2;

    /// <summary>Lowered code; null until the function is entered for the first time, and always null for the other kinds.</summary>
    public Instruction* Instructions;

    /// <summary>Entry of the compiled code, once there is some.</summary>
    public nint CompiledEntry;

    /// <summary>
    /// What compiled code calls: <see cref="CompiledEntry"/>, the entry of a host function, or a stub that finds out what to do; null until compiled code may call it.
    /// </summary>
    public nint CallEntry;

    /// <summary>Of a host function that has entries: what the interpreter and the driver call with <see cref="WasmCaller"/> and slots; else null.</summary>
    public nint SlotEntry;

    /// <summary>Entry of the stub through which the interpreter and the driver call the compiled code: takes entry, instance and argument slots.</summary>
    public nint EnterStub;

    /// <summary>Entry of the code that goes on in a frame, once there is some: takes the instance and the number of the site.</summary>
    public nint ResumeEntry;

    /// <summary>What is known of each site at which frames go on, once <see cref="ResumeEntry"/> is there.</summary>
    public SiteCode* SiteCodes;

    /// <summary>How many sites have code of their own.</summary>
    public int HotSites;

    /// <summary>Whether the function cannot be compiled: it stays interpreted.</summary>
    public bool IsNotCompilable;

    /// <summary>Whether the code that goes on in its frames cannot be compiled: they go on in the interpreter.</summary>
    public bool IsNotResumable;

    public FunctionKind Kind;
    public int ParameterSlots;

    /// <summary>Parameters and locals; of a host function the larger of parameters and results.</summary>
    public int LocalSlots;
    public int ResultSlots;
    public int OperandSlots;

    /// <summary>The function type's canonical id.</summary>
    public int TypeId;

    /// <summary>Index in the module's function index space.</summary>
    public int Index;

    /// <summary>Number of lowered instructions, once there are some.</summary>
    public int InstructionCount;

    /// <summary>What the background compiler has been asked for: once each, unless it gives a request up.</summary>
    public int Requested;

    /// <summary>Of a host function: weak GCHandle of its WasmHostFunction.</summary>
    public nint Owner;

    /// <summary>
    /// Fuel used here by the interpreter, sampled: whenever a check runs out, the function it is in gets all that was used since the last one. Costs the fast
    /// path nothing and workers do not contend for the line, which counting every entry would make them do. Counted anew once the function is compiled.
    /// </summary>
    public long Heat;
}
