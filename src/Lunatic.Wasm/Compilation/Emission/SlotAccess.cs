using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>The IL that reads and writes values in slots: of frames, the save area, the result area, globals. Slots are aligned to 8 bytes, also where they hold vectors.</summary>
internal static class SlotAccess
{
    /// <summary>Makes a value of the address on the evaluation stack.</summary>
    public static void EmitLoad(ILGenerator il, StackType type)
    {
        switch (type)
        {
            case StackType.I32:
                il.Emit(OpCodes.Ldind_I4);
                break;
            case StackType.I64:
                il.Emit(OpCodes.Ldind_I8);
                break;
            case StackType.F32:
                il.Emit(OpCodes.Ldind_R4);
                break;
            case StackType.F64:
                il.Emit(OpCodes.Ldind_R8);
                break;
            default:
                EmitLoadVector(il);
                break;
        }
    }

    /// <summary>Stores the value on the evaluation stack to the address below it. The whole slot is written.</summary>
    public static void EmitStore(ILGenerator il, StackType type)
    {
        switch (type)
        {
            case StackType.I32:
                il.Emit(OpCodes.Conv_U8);
                break;
            case StackType.F32:
                il.Emit(OpCodes.Call, RuntimeMethods.SingleToInt32Bits);
                il.Emit(OpCodes.Conv_U8);
                break;
            case StackType.F64:
                il.Emit(OpCodes.Call, RuntimeMethods.DoubleToInt64Bits);
                break;
            case StackType.V128:
                EmitStoreVector(il);
                return;
        }
        il.Emit(OpCodes.Stind_I8);
    }

    /// <summary>Makes a vector of the address on the evaluation stack, which need not be aligned.</summary>
    public static void EmitLoadVector(ILGenerator il)
    {
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Ldobj, typeof(Vector128<byte>));
    }

    /// <summary>Stores the vector on the evaluation stack to the address below it, which need not be aligned.</summary>
    public static void EmitStoreVector(ILGenerator il)
    {
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Stobj, typeof(Vector128<byte>));
    }
}
