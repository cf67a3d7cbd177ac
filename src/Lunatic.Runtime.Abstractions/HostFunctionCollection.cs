using System.Collections;
using System.Reflection;
using System.Text;

namespace Lunatic.Runtime;

/// <summary>The host functions that the application gives to guests: delegates, or the marked methods of classes.</summary>
/// <remarks>
/// <para>Parameters: int and uint are i32 (bool too: not 0), long and ulong are i64, float is f32, double is f64. <c>string</c> (UTF-8), <c>byte[]</c>,
/// <c>ReadOnlyMemory&lt;byte&gt;</c>, <c>ReadOnlySpan&lt;byte&gt;</c> and <c>Span&lt;byte&gt;</c> are two i32: a pointer and a length in bytes; the spans are the guest's memory
/// itself, the others copies. <c>ProcessId</c> and <c>LunaticProcess</c> are an i64, the number of a process of the caller's environment. <c>HostCaller</c> (the guest that calls) and
/// <c>CancellationToken</c> (cancelled when the guest ends while it waits) take nothing from the guest.</para>
/// <para>Results: the same numbers and process types, value tuples of numbers, or <c>string</c>, <c>byte[]</c>, <c>ReadOnlyMemory&lt;byte&gt;</c>: these take two more i32 parameters
/// at the end, the pointer and the capacity of a buffer, and give an i32: the length in bytes, or -1 for null. What is longer than the capacity is not written: the guest calls
/// again with more room.</para>
/// <para>A method that returns a <c>Task</c> or <c>ValueTask</c>, with or without result, suspends the guest until that ends; it takes no spans. An exception is a trap of the
/// guest, with the exception in <see cref="ExitReason.Exception"/>; so is a pointer outside of the guest's memory, or text that is not UTF-8.</para>
/// </remarks>
public sealed class HostFunctionCollection : IReadOnlyCollection<string>
{
    private readonly Dictionary<(string Namespace, string Name), HostFunctionDefinition> _functions;

    /// <summary>Creates an empty collection.</summary>
    public HostFunctionCollection() => _functions = [];

    private HostFunctionCollection(HostFunctionCollection other) => _functions = new(other._functions);

    /// <summary>Number of functions.</summary>
    public int Count => _functions.Count;

    internal IEnumerable<HostFunctionDefinition> Definitions => _functions.Values;

    /// <summary>Adds a delegate.</summary>
    /// <param name="hostNamespace">The module name of the import, for example <c>app::kv</c>.</param>
    /// <param name="name">The import's name.</param>
    /// <param name="function">What is called; see the class for its parameters and result. Guests call it from any thread, also at the same time.</param>
    /// <exception cref="ArgumentException">The namespace belongs to the runtime, or has such a function already.</exception>
    public void Add(string hostNamespace, string name, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        MethodInfo invoke = function.GetType().GetMethod("Invoke")!;
        ParameterInfo[] parameters = invoke.GetParameters();
        ParameterInfo[] written = function.Method.GetParameters();
        // a delegate may bind the first parameter of its method
        if (written.Length == parameters.Length)
            parameters = written;
        Add(new HostFunctionDefinition(hostNamespace, name, invoke, function, parameters));
    }

    /// <summary>Adds the <see cref="LunaticFunctionAttribute"/> methods, static or not, of an object whose class has a <see cref="LunaticNamespaceAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The class or no method of it is marked, the namespace belongs to the runtime, or has such a function already.</exception>
    public void Add(object functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        AddMethods(functions.GetType(), functions);
    }

    /// <summary>Adds the static <see cref="LunaticFunctionAttribute"/> methods of a class that has a <see cref="LunaticNamespaceAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The class or no method of it is marked, a marked one is not static, the namespace belongs to the runtime, or has such a function already.</exception>
    public void Add(Type functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        AddMethods(functions, null);
    }

    /// <summary>The full names, for example <c>app::kv::get</c>.</summary>
    public IEnumerator<string> GetEnumerator() => _functions.Values.Select(static function => function.FullName).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal HostFunctionCollection Clone() => new(this);

    private void AddMethods(Type type, object? target)
    {
        string hostNamespace = type.GetCustomAttribute<LunaticNamespaceAttribute>()?.Name
            ?? throw new ArgumentException($"{type} has no [LunaticNamespace(\"…\")], which says from where guests import its functions.");
        MethodInfo[] methods = [.. type
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
            .Where(static method => method.IsDefined(typeof(LunaticFunctionAttribute)))];
        if (methods.Length == 0)
            throw new ArgumentException($"{type} has no method with [LunaticFunction].");
        foreach (MethodInfo method in methods)
        {
            if (!method.IsStatic && target is null)
                throw new ArgumentException($"{type}.{method.Name} is not static: add an object of the class instead of the class.");
            string name = method.GetCustomAttribute<LunaticFunctionAttribute>()!.Name ?? SnakeCase(method.Name);
            Add(new HostFunctionDefinition(hostNamespace, name, method, method.IsStatic ? null : target, method.GetParameters()));
        }
    }

    private void Add(HostFunctionDefinition function)
    {
        ArgumentException.ThrowIfNullOrEmpty(function.Namespace, "hostNamespace");
        ArgumentException.ThrowIfNullOrEmpty(function.Name, "name");
        if (function.Namespace.StartsWith("lunatic::", StringComparison.Ordinal) || function.Namespace.StartsWith("wasi", StringComparison.Ordinal))
            throw new ArgumentException($"The namespace {function.Namespace} belongs to the runtime: names that begin with lunatic:: or wasi are not for applications. Choose one of your own, for example app::kv.");
        if (!_functions.TryAdd((function.Namespace, function.Name), function))
            throw new ArgumentException($"There is a host function {function.FullName} already.");
    }

    private static string SnakeCase(string name)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal) && name.Length > "Async".Length)
            name = name[..^"Async".Length];
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
