using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lunatic.Wasm.Hosting;

/// <summary>Makes host functions of delegates: a compiled expression takes the arguments out of the slots, calls, and puts the results there.</summary>
internal static unsafe class HostFunctionBinder
{
    // frames lie in unmanaged memory, so the slots' address is stable during the call; expressions cannot handle spans
    private delegate void Invoker(WasmCaller caller, nint slots);

    /// <exception cref="ArgumentException">A parameter or result has a type that no WebAssembly type stands for.</exception>
    public static WasmHostFunction Bind(Delegate function)
    {
        MethodInfo method = function.GetType().GetMethod("Invoke")!;
        ParameterExpression caller = Expression.Parameter(typeof(WasmCaller), "caller");
        ParameterExpression slots = Expression.Parameter(typeof(nint), "slots");

        var parameters = new List<WasmValueType>();
        var arguments = new List<Expression>();
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.Position == 0 && parameter.ParameterType == typeof(WasmCaller))
            {
                arguments.Add(caller);
                continue;
            }
            arguments.Add(HostValues.Read(parameter.ParameterType, caller, slots, parameters.Sum(type => type.Slots)));
            parameters.Add(HostValues.TypeOf(parameter.ParameterType));
        }

        Expression call = Expression.Invoke(Expression.Constant(function), arguments);
        (Type? awaited, Expression task) = AsTask(call);
        Type result = awaited ?? call.Type;
        WasmValueType[] results = [.. HostValues.ResultTypes(result).Select(HostValues.TypeOf)];
        Expression body = awaited is null
            ? HostValues.Write(call, caller, slots)
            : Expression.Call(typeof(HostFunctionBinder), nameof(Await), [], caller, slots, task, Expression.Constant(ResultWriter(awaited)));
        Invoker invoke = Expression.Lambda<Invoker>(body, caller, slots).Compile();
        return new WasmHostFunction(
            WasmFunctionType.Get([.. parameters], results),
            (guest, span) => invoke(guest, (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span))));
    }

    // the call as a Task and the type of its result, or null where it is not asynchronous
    private static (Type? Result, Expression Task) AsTask(Expression call)
    {
        if (call.Type == typeof(ValueTask))
            return (typeof(void), Expression.Call(call, nameof(ValueTask.AsTask), []));
        if (call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return (call.Type.GenericTypeArguments[0], Expression.Call(call, "AsTask", []));
        if (call.Type == typeof(Task))
            return (typeof(void), call);
        return call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() == typeof(Task<>) ? (call.Type.GenericTypeArguments[0], call) : (null, call);
    }

    private static HostTask.ResultWriter ResultWriter(Type result)
    {
        if (result == typeof(void))
            return (_, _, _) => { };
        ParameterExpression caller = Expression.Parameter(typeof(WasmCaller), "caller");
        ParameterExpression task = Expression.Parameter(typeof(Task), "task");
        ParameterExpression slots = Expression.Parameter(typeof(nint), "slots");
        MemberExpression value = Expression.Property(Expression.Convert(task, typeof(Task<>).MakeGenericType(result)), "Result");
        return Expression.Lambda<HostTask.ResultWriter>(HostValues.Write(value, caller, slots), caller, task, slots).Compile();
    }

    private static void Await(WasmCaller caller, nint slots, Task? task, HostTask.ResultWriter writer)
    {
        if (task is null)
            throw new InvalidOperationException("the host function returned no Task but null");
        HostTask.Await(caller, task, slots, writer);
    }
}
