using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Lunatic.Wasm.Hosting;

/// <summary>How values of C# types lie in slots: expressions that read and write them.</summary>
internal static unsafe class HostValues
{
    /// <exception cref="ArgumentException">No WebAssembly type stands for the type.</exception>
    public static WasmValueType TypeOf(Type type)
    {
        if (type == typeof(int) || type == typeof(uint) || type == typeof(bool))
            return WasmValueType.I32;
        if (type == typeof(long) || type == typeof(ulong))
            return WasmValueType.I64;
        if (type == typeof(float))
            return WasmValueType.F32;
        if (type == typeof(double))
            return WasmValueType.F64;
        if (type == typeof(UInt128))
            return WasmValueType.V128;
        if (type == typeof(object))
            return WasmValueType.ExternRef;
        throw new ArgumentException(
            $"{type} stands for no WebAssembly type: int, uint, bool, long, ulong, float, double, UInt128 (v128) and object do, WasmCaller only as the first parameter");
    }

    /// <summary>The types of the results that a C# result stands for: none, one, or those of a value tuple.</summary>
    public static Type[] ResultTypes(Type type)
    {
        if (type == typeof(void))
            return [];
        return typeof(ITuple).IsAssignableFrom(type) && type.IsValueType ? type.GenericTypeArguments : [type];
    }

    public static Expression Read(Type type, Expression caller, Expression slots, int slot)
    {
        string method = TypeOf(type) == WasmValueType.ExternRef ? nameof(ReadReference) : nameof(ReadNumber);
        Type[] arguments = method == nameof(ReadNumber) ? [type] : [];
        return Expression.Call(typeof(HostValues), method, arguments, caller, slots, Expression.Constant(slot));
    }

    public static Expression Write(Expression value, Expression caller, Expression slots)
    {
        Type[] types = ResultTypes(value.Type);
        if (types.Length == 0)
            return value;
        if (types is [{ } single] && single == value.Type)
            return WriteOne(value, caller, slots, 0);
        if (types.Length > 7)
            throw new ArgumentException("a host function over a delegate has at most 7 results");
        ParameterExpression tuple = Expression.Variable(value.Type, "results");
        int[] places = [.. types.Select((_, i) => types.Take(i).Sum(type => TypeOf(type).Slots))];
        IEnumerable<Expression> writes = places.Select((slot, i) => WriteOne(Expression.Field(tuple, $"Item{i + 1}"), caller, slots, slot));
        return Expression.Block([tuple], [Expression.Assign(tuple, value), .. writes]);
    }

    private static MethodCallExpression WriteOne(Expression value, Expression caller, Expression slots, int slot)
    {
        string method = TypeOf(value.Type) == WasmValueType.ExternRef ? nameof(WriteReference) : nameof(WriteNumber);
        Type[] arguments = method == nameof(WriteNumber) ? [value.Type] : [];
        return Expression.Call(typeof(HostValues), method, arguments, caller, slots, Expression.Constant(slot), value);
    }

    // the slots are inside the frame stack: the binder derived the function's type, and so the room, from the same types
    private static T ReadNumber<T>(WasmCaller caller, nint slots, int index)
        where T : unmanaged
    {
        _ = caller;
        ulong* slot = (ulong*)slots + index;
        return typeof(T) == typeof(bool) ? (T)(object)(*(int*)slot != 0) : *(T*)slot;
    }

    private static void WriteNumber<T>(WasmCaller caller, nint slots, int index, T value)
        where T : unmanaged
    {
        _ = caller;
        ulong* slot = (ulong*)slots + index;
        *slot = 0;
        *(T*)slot = value;
    }

    private static object? ReadReference(WasmCaller caller, nint slots, int index) => caller.Store.ObjectOf(((ulong*)slots)[index]);

    private static void WriteReference(WasmCaller caller, nint slots, int index, object? value) =>
        ((ulong*)slots)[index] = caller.Store.NumberOf(value);
}
