using System.Linq.Expressions;
using Lunatic.Wasm;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Runtime.HostApi.Application;

/// <summary>How results of the application's host functions go to the guest: expressions that write them.</summary>
internal static class ApplicationResultBinder
{
    /// <summary>Whether the guest names a buffer for the result, by two arguments behind the others.</summary>
    public static bool NeedsBuffer(Type type) => type == typeof(string) || type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>);

    /// <summary>The WebAssembly types of a result.</summary>
    /// <exception cref="ArgumentException">Guests cannot take it.</exception>
    public static WasmValueType[] TypesOf(Type type, HostFunctionDefinition definition)
    {
        if (NeedsBuffer(type))
            return [WasmValueType.I32];
        if (ApplicationFunctionBinder.IsProcess(type))
            return [WasmValueType.I64];
        Type[] numbers = HostValues.ResultTypes(type);
        if (numbers.Length > 7 || Array.Exists(numbers, static number => !ApplicationFunctionBinder.IsNumber(number)))
        {
            throw new ArgumentException(
                $"{definition.FullName}: a guest cannot take a result of type {type}. Return nothing, int, uint, long, ulong, float, double, bool, a tuple of at most 7 of them, string, byte[], " +
                "ReadOnlyMemory<byte>, ProcessId or LunaticProcess, or a Task or ValueTask of one.");
        }
        return [.. numbers.Select(HostValues.TypeOf)];
    }

    /// <summary>An expression that writes a result.</summary>
    /// <param name="value">The result.</param>
    /// <param name="guest">The guest that calls.</param>
    /// <param name="slots">The call's slots.</param>
    /// <param name="bufferIndex">The first slot of the buffer, if there is one.</param>
    /// <param name="definition">The function, for errors.</param>
    public static Expression Write(Expression value, Expression guest, Expression slots, int bufferIndex, HostFunctionDefinition definition)
    {
        TypesOf(value.Type, definition);
        if (value.Type == typeof(string))
            return WriteBuffer(nameof(ApplicationResults.WriteString));
        if (value.Type == typeof(byte[]))
            return WriteBuffer(nameof(ApplicationResults.WriteBytes));
        if (value.Type == typeof(ReadOnlyMemory<byte>))
            return WriteBuffer(nameof(ApplicationResults.WriteMemory));
        if (ApplicationFunctionBinder.IsProcess(value.Type))
        {
            string method = value.Type == typeof(ProcessId) ? nameof(ApplicationResults.WriteProcessId) : nameof(ApplicationResults.WriteProcess);
            return Expression.Call(typeof(ApplicationResults), method, [], guest, slots, value);
        }
        return HostValues.Write(value, guest, slots);

        MethodCallExpression WriteBuffer(string method) => Expression.Call(typeof(ApplicationResults), method, [], guest, slots, Expression.Constant(bufferIndex), value);
    }

    /// <summary>What writes the result of a task that has ended well.</summary>
    public static HostTask.ResultWriter WriterOf(Type result, int bufferIndex, HostFunctionDefinition definition)
    {
        if (result == typeof(void))
            return static (_, _, _) => { };
        ParameterExpression guest = Expression.Parameter(typeof(WasmCaller), "guest");
        ParameterExpression task = Expression.Parameter(typeof(Task), "task");
        ParameterExpression slots = Expression.Parameter(typeof(nint), "slots");
        MemberExpression value = Expression.Property(Expression.Convert(task, typeof(Task<>).MakeGenericType(result)), "Result");
        return Expression.Lambda<HostTask.ResultWriter>(Write(value, guest, slots, bufferIndex, definition), guest, task, slots).Compile();
    }
}
