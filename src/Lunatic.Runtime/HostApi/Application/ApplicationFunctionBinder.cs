using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lunatic.Wasm;
using Lunatic.Wasm.Hosting;

namespace Lunatic.Runtime.HostApi.Application;

/// <summary>Binds a host function of the application: a compiled expression takes its arguments from the guest, calls it, and hands the result back.</summary>
internal sealed unsafe class ApplicationFunctionBinder
{
    // frames lie in unmanaged memory, so the slots' address is stable during the call; expressions cannot handle spans in slots
    private delegate void Invoker(ProcessContext context, WasmCaller guest, HostCaller caller, nint slots);

    private static readonly NullabilityInfoContext Nullability = new();

    private readonly HostFunctionDefinition _definition;
    private readonly ParameterExpression _context = Expression.Parameter(typeof(ProcessContext), "context");
    private readonly ParameterExpression _guest = Expression.Parameter(typeof(WasmCaller), "guest");
    private readonly ParameterExpression _caller = Expression.Parameter(typeof(HostCaller), "caller");
    private readonly ParameterExpression _slots = Expression.Parameter(typeof(nint), "slots");
    private readonly List<WasmValueType> _parameters = [];
    private readonly List<Expression> _arguments = [];
    private readonly bool _isAsync;

    private ApplicationFunctionBinder(HostFunctionDefinition definition)
    {
        _definition = definition;
        _isAsync = IsTask(definition.Method.ReturnType);
    }

    /// <exception cref="ArgumentException">A parameter or the result has a type that guests cannot pass or take.</exception>
    public static WasmHostFunction Bind(HostFunctionDefinition definition) => new ApplicationFunctionBinder(definition).Bind();

    /// <summary>Runs a part of a call; what the guest did wrong makes it trap.</summary>
    public static void Guard(WasmCaller guest, Action part)
    {
        try
        {
            part();
        }
        catch (GuestMistakeException mistake)
        {
            guest.Trap(mistake.Message);
        }
    }

    private WasmHostFunction Bind()
    {
        if (_definition.Method.ContainsGenericParameters)
            throw new ArgumentException($"{_definition.FullName} is generic: a host function has types that are known.");
        foreach (ParameterInfo parameter in _definition.Parameters)
            _arguments.Add(Read(parameter));
        Expression? target = _definition.Target is null ? null : Expression.Constant(_definition.Target);
        Expression call = Expression.Call(target, _definition.Method, _arguments);
        Expression body = _isAsync ? Await(call) : ApplicationResultBinder.Write(call, _guest, _slots, SlotsOfParameters, _definition);
        Type result = _isAsync ? ResultOfTask(call.Type) : call.Type;
        WasmValueType[] results = ApplicationResultBinder.TypesOf(result, _definition);
        if (ApplicationResultBinder.NeedsBuffer(result))
        {
            body = Expression.Block(Expression.Call(typeof(ApplicationResults), nameof(ApplicationResults.CheckBuffer), [], _context, _slots, Expression.Constant(SlotsOfParameters)), body);
            _parameters.AddRange([WasmValueType.I32, WasmValueType.I32]);
        }
        Invoker invoke = Expression.Lambda<Invoker>(body, _context, _guest, _caller, _slots).Compile();
        return new WasmHostFunction(WasmFunctionType.Get([.. _parameters], results), Callback(invoke, _isAsync)) { Name = _definition.FullName };
    }

    private int SlotsOfParameters => _parameters.Sum(static type => type.Slots);

    private static WasmHostCallback Callback(Invoker invoke, bool isAsync) => (guest, span) =>
    {
        ProcessContext context = ProcessContext.Of(guest);
        HostCaller caller = isAsync ? new HostCaller(context, new CancellationTokenSource()) : context.ApplicationCaller;
        var slots = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
        if (!isAsync)
            caller.Enter();
        try
        {
            invoke(context, guest, caller, slots);
        }
        catch (GuestMistakeException mistake)
        {
            guest.Trap(mistake.Message);
        }
        finally
        {
            caller.Leave();
        }
    };

    private Expression Read(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        if (type == typeof(HostCaller))
            return _caller;
        if (type == typeof(CancellationToken))
            return Expression.Property(_caller, nameof(HostCaller.Ended));
        if (ReaderOf(parameter) is { } reader)
        {
            CheckSpan(type);
            Expression read = Expression.Call(typeof(ApplicationArguments), reader, [], _context, _slots, Expression.Constant(SlotsOfParameters));
            _parameters.AddRange(IsProcess(type) ? [WasmValueType.I64] : [WasmValueType.I32, WasmValueType.I32]);
            return read;
        }
        if (!IsNumber(type))
        {
            throw new ArgumentException(
                $"{_definition.FullName}: a guest cannot pass {parameter.Name} of type {type}. Take int, uint, long, ulong, float, double, bool, string, byte[], ReadOnlyMemory<byte>, " +
                "ReadOnlySpan<byte>, Span<byte>, ProcessId, LunaticProcess, HostCaller or CancellationToken.");
        }
        Expression number = HostValues.Read(type, _guest, _slots, SlotsOfParameters);
        _parameters.Add(HostValues.TypeOf(type));
        return number;
    }

    private static string? ReaderOf(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        if (type == typeof(Span<byte>))
            return nameof(ApplicationArguments.ReadSpan);
        if (type == typeof(ReadOnlySpan<byte>))
            return nameof(ApplicationArguments.ReadReadOnlySpan);
        if (type == typeof(string))
            return nameof(ApplicationArguments.ReadString);
        if (type == typeof(byte[]))
            return nameof(ApplicationArguments.ReadBytes);
        if (type == typeof(ReadOnlyMemory<byte>))
            return nameof(ApplicationArguments.ReadMemory);
        if (type == typeof(ProcessId))
            return nameof(ApplicationArguments.ReadProcessId);
        return type != typeof(LunaticProcess) ? null : MayBeNull(parameter) ? nameof(ApplicationArguments.FindProcess) : nameof(ApplicationArguments.ReadProcess);
    }

    private static bool MayBeNull(ParameterInfo parameter)
    {
        lock (Nullability)
            return Nullability.Create(parameter).ReadState is NullabilityState.Nullable;
    }

    private void CheckSpan(Type type)
    {
        if (!type.IsByRefLike)
            return;
        if (_isAsync)
            throw new ArgumentException($"{_definition.FullName} is asynchronous: the guest's memory may move or go while it waits. Take byte[] or string instead of a span; give a result instead of filling a buffer.");
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new ArgumentException($"{_definition.FullName}: spans need dynamic code, which is switched off. Take byte[] or string, or HostCaller and its Memory.");
    }

    private MethodCallExpression Await(Expression call)
    {
        Expression task = call.Type.IsValueType ? Expression.Call(call, nameof(ValueTask.AsTask), []) : call;
        return Expression.Call(
            typeof(ApplicationTask), nameof(ApplicationTask.Await), [], _guest, _caller, _slots, task,
            Expression.Constant(ApplicationResultBinder.WriterOf(ResultOfTask(call.Type), SlotsOfParameters, _definition)));
    }

    internal static bool IsNumber(Type type) =>
        type == typeof(int) || type == typeof(uint) || type == typeof(long) || type == typeof(ulong) || type == typeof(float) || type == typeof(double) || type == typeof(bool);

    internal static bool IsProcess(Type type) => type == typeof(ProcessId) || type == typeof(LunaticProcess);

    private static bool IsTask(Type type) => typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static Type ResultOfTask(Type type) => type.IsGenericType ? type.GenericTypeArguments[0] : typeof(void);
}
