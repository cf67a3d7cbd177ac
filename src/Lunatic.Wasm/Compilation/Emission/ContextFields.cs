using System.Runtime.InteropServices;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Byte offsets of what generated code reads and writes in the unmanaged structures.</summary>
internal static unsafe class ContextFields
{
    // something that all the structures fit into, to take addresses of their fields
    private static readonly byte* Probe = (byte*)NativeMemory.AllocZeroed(1024);

    public static readonly int Active = (int)((byte*)&((StoreContext*)Probe)->Active - Probe);
    public static readonly int FuelKept = (int)((byte*)&((StoreContext*)Probe)->FuelKept - Probe);
    public static readonly int Granted = (int)((byte*)&((StoreContext*)Probe)->Granted - Probe);
    public static readonly int Quantum = (int)((byte*)&((StoreContext*)Probe)->Quantum - Probe);
    public static readonly int SliceLeft = (int)((byte*)&((StoreContext*)Probe)->SliceLeft - Probe);
    public static readonly int Frame = (int)((byte*)&((StoreContext*)Probe)->Frame - Probe);
    public static readonly int FrameTop = (int)((byte*)&((StoreContext*)Probe)->FrameTop - Probe);
    public static readonly int Cause = (int)((byte*)&((StoreContext*)Probe)->Cause - Probe);
    public static readonly int TrapReason = (int)((byte*)&((StoreContext*)Probe)->TrapReason - Probe);
    public static readonly int SaveTop = (int)((byte*)&((StoreContext*)Probe)->SaveTop - Probe);
    public static readonly int SaveEnd = (int)((byte*)&((StoreContext*)Probe)->SaveEnd - Probe);
    public static readonly int Results = (int)((byte*)&((StoreContext*)Probe)->Results - Probe);
    public static readonly int AppendNext = (int)((byte*)&((StoreContext*)Probe)->AppendNext - Probe);
    public static readonly int AppendEnd = (int)((byte*)&((StoreContext*)Probe)->AppendEnd - Probe);
    public static readonly int TakeNext = (int)((byte*)&((StoreContext*)Probe)->TakeNext - Probe);
    public static readonly int TakeEnd = (int)((byte*)&((StoreContext*)Probe)->TakeEnd - Probe);

    public static readonly int Fuel = (int)((byte*)&((InstanceContext*)Probe)->Calls.Fuel - Probe);
    public static readonly int StackLimit = (int)((byte*)&((InstanceContext*)Probe)->Calls.StackLimit - Probe);
    public static readonly int Callee = (int)((byte*)&((InstanceContext*)Probe)->Calls.Callee - Probe);
    public static readonly int Store = (int)((byte*)&((InstanceContext*)Probe)->Store - Probe);
    public static readonly int Memory0 = (int)((byte*)&((InstanceContext*)Probe)->Memory0 - Probe);
    public static readonly int Memories = (int)((byte*)&((InstanceContext*)Probe)->Memories - Probe);
    public static readonly int Tables = (int)((byte*)&((InstanceContext*)Probe)->Tables - Probe);
    public static readonly int Globals = (int)((byte*)&((InstanceContext*)Probe)->Globals - Probe);
    public static readonly int Imports = (int)((byte*)&((InstanceContext*)Probe)->Imports - Probe);
    public static readonly int DroppedData = (int)((byte*)&((InstanceContext*)Probe)->DroppedData - Probe);
    public static readonly int DroppedElements = (int)((byte*)&((InstanceContext*)Probe)->DroppedElements - Probe);

    public static readonly int MemoryBase = (int)((byte*)&((MemoryRecord*)Probe)->Base - Probe);
    public static readonly int MemoryLength = (int)((byte*)&((MemoryRecord*)Probe)->Length - Probe);
    public static readonly int MemoryLimits = (int)((byte*)&((MemoryRecord*)Probe)->Limits - Probe);

    public static readonly int TableElements = (int)((byte*)&((TableRecord*)Probe)->Elements - Probe);
    public static readonly int TableLength = (int)((byte*)&((TableRecord*)Probe)->Length - Probe);

    public static readonly int ReferenceCode = (int)((byte*)&((FunctionReference*)Probe)->Code - Probe);
    public static readonly int ReferenceInstance = (int)((byte*)&((FunctionReference*)Probe)->Instance - Probe);

    public static readonly int CallEntry = (int)((byte*)&((FunctionCode*)Probe)->CallEntry - Probe);
    public static readonly int TypeId = (int)((byte*)&((FunctionCode*)Probe)->TypeId - Probe);

    public static readonly int HeaderInstance = (int)((byte*)&((FrameHeader*)Probe)->Instance - Probe);
    public static readonly int HeaderFunction = (int)((byte*)&((FrameHeader*)Probe)->Function - Probe);
    public static readonly int HeaderCallerDistance = (int)((byte*)&((FrameHeader*)Probe)->CallerDistance - Probe);
    public static readonly int HeaderPosition = (int)((byte*)&((FrameHeader*)Probe)->Position - Probe);
    public static readonly int HeaderHostState = (int)((byte*)&((FrameHeader*)Probe)->HostState - Probe);
}
