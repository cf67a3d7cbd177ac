using System.Reflection.Emit;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// The two methods between compiled code and the rest, for functions of one type. They belong to the type, which every module that has such functions
/// keeps alive.
/// </summary>
internal sealed unsafe class CallStubs
{
    private readonly GeneratedMethod _enter;
    private readonly GeneratedMethod _call;

    private CallStubs(WasmFunctionType type)
    {
        _enter = MakeEnter(type);
        _call = MakeCall(type);
    }

    /// <summary>Calls compiled code with arguments in slots: takes entry, instance and slots. Results lie in the context's result area.</summary>
    public nint Enter => _enter.Entry;

    /// <summary>Called by compiled code like a compiled function: calls whatever the context's callee is.</summary>
    public nint Call => _call.Entry;

    public static CallStubs Of(WasmFunctionType type)
    {
        if (Volatile.Read(ref type.Stubs) is CallStubs known)
            return known;
        var made = new CallStubs(type);
        return Interlocked.CompareExchange(ref type.Stubs, made, null) ?? made;
    }

    /// <summary>Makes sure that compiled code can call a function.</summary>
    public static void EnsureCallable(FunctionCode* function, WasmFunctionType type)
    {
        if (Volatile.Read(ref function->CallEntry) == 0)
            Interlocked.CompareExchange(ref function->CallEntry, Of(type).Call, 0);
    }

    private static GeneratedMethod MakeEnter(WasmFunctionType type)
    {
        var method = new GeneratedMethod("enter " + type, typeof(void), [typeof(nint), typeof(nint), typeof(nint)]);
        ILGenerator il = method.Generator;
        // the result is stored through an address that lies on the evaluation stack meanwhile
        if (type.Results.Length == 1)
            EmitResultArea(il, OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_1);
        int offset = 0;
        foreach (WasmValueType parameter in type.Parameters)
        {
            il.Emit(OpCodes.Ldarg_2);
            EmitOffset(il, offset);
            SlotAccess.EmitLoad(il, StackTypes.Of(parameter));
            offset += parameter.Slots * sizeof(ulong);
        }
        il.Emit(OpCodes.Ldarg_0);
        il.EmitCalli(OpCodes.Calli, System.Reflection.CallingConventions.Standard, CompiledSignature.Result(type), CompiledSignature.Parameters(type), null);
        if (type.Results.Length == 1)
            SlotAccess.EmitStore(il, StackTypes.Of(type.Results[0]));
        il.Emit(OpCodes.Ret);
        method.Complete();
        return method;
    }

    private static GeneratedMethod MakeCall(WasmFunctionType type)
    {
        var method = new GeneratedMethod("call " + type, CompiledSignature.Result(type), CompiledSignature.Parameters(type));
        ILGenerator il = method.Generator;
        LocalBuilder slots = il.DeclareLocal(typeof(nint));
        il.Emit(OpCodes.Ldc_I4, Math.Max(1, Math.Max(type.ParameterSlots, type.ResultSlots)) * sizeof(ulong));
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Localloc);
        il.Emit(OpCodes.Stloc, slots);
        int offset = 0;
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldloc, slots);
            EmitOffset(il, offset);
            il.Emit(OpCodes.Ldarg, (short)(1 + i));
            SlotAccess.EmitStore(il, StackTypes.Of(type.Parameters[i]));
            offset += type.Parameters[i].Slots * sizeof(ulong);
        }
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, slots);
        il.Emit(OpCodes.Call, RuntimeMethods.CallOther);
        if (type.Results.Length == 1)
        {
            EmitResultArea(il, OpCodes.Ldarg_0);
            SlotAccess.EmitLoad(il, StackTypes.Of(type.Results[0]));
        }
        il.Emit(OpCodes.Ret);
        method.Complete();
        return method;
    }

    private static void EmitResultArea(ILGenerator il, OpCode instance)
    {
        il.Emit(instance);
        EmitOffset(il, ContextFields.Store);
        il.Emit(OpCodes.Ldind_I);
        EmitOffset(il, ContextFields.Results);
        il.Emit(OpCodes.Ldind_I);
    }

    private static void EmitOffset(ILGenerator il, int offset)
    {
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
    }
}
