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

    /// <summary>Free for host frames: index of the continuation in the store's list.</summary>
    public long HostState;
}

/// <summary>What a driver finds when guest code comes back to it.</summary>
internal enum ExitCause
{
    None,
    /// <summary>The bottom frame returned; its results lie at the frame stack's base.</summary>
    Completed,
    /// <summary>A guest function returned into a host frame.</summary>
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
}

/// <summary>The store part of the context: fuel, frame stack, the reason of the last exit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StoreContext
{
    /// <summary>What is left of the granted fuel; a check that makes it negative goes the slow way. Only the running worker writes it.</summary>
    public long Fuel;

    /// <summary>All fuel granted so far: granted - fuel is what was used.</summary>
    public long Granted;

    /// <summary>What a check that ran out may grant itself to go on in place; 0 makes it come out. Any thread may set it to 0.</summary>
    public long Quantum;

    /// <summary>Base, top (end of the innermost frame's operands) and end of the frame stack.</summary>
    public ulong* FrameBase;
    public ulong* FrameTop;
    public ulong* FrameEnd;

    /// <summary>The innermost frame's header; null when no frame is there.</summary>
    public FrameHeader* Frame;

    public ExitCause Cause;
    public TrapReason TrapReason;
}

/// <summary>The instance part of the context.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InstanceContext
{
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

    /// <summary>GCHandle of the managed WasmInstance.</summary>
    public nint Handle;
}

/// <summary>A linear memory. Base may change when it grows; Length never shrinks.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MemoryRecord
{
    public byte* Base;

    /// <summary>Length in bytes.</summary>
    public long Length;
}

/// <summary>A table of references (64-bit values, 0 = null).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TableRecord
{
    /// <summary>Funcref elements point to a <see cref="FunctionReference"/>.</summary>
    public ulong* Elements;

    /// <summary>Number of elements.</summary>
    public long Length;
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

/// <summary>A function of a module, a host function, or the mark of a host frame.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FunctionCode
{
    /// <summary>Lowered code; null until the function is entered for the first time, and always null for host functions and host frames.</summary>
    public Instruction* Instructions;

    /// <summary>Entry of the compiled code, once there is some.</summary>
    public nint CompiledEntry;

    public int ParameterSlots;
    public int LocalSlots;
    public int ResultSlots;
    public int OperandSlots;

    /// <summary>The function type's canonical id.</summary>
    public int TypeId;

    /// <summary>Index in the module's function index space; of a host function, its number in the host function table.</summary>
    public int Index;

    /// <summary>GCHandle of the managed owner (module code or host function).</summary>
    public nint Owner;

    /// <summary>Entries and loop iterations counted for the compiler.</summary>
    public long Heat;
}
