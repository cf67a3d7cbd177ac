using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lunatic.Runtime.Inspection;

/// <summary>How the methods of C# processes are called. The compiler hides async methods, lambdas and local functions behind types and names of its own.</summary>
internal static class MethodNames
{
    private static readonly ConditionalWeakTable<MemberInfo, string> Known = [];

    /// <summary>The name of a method, for example <c>Shop.StockAsync</c>.</summary>
    internal static string Of(MethodInfo method) => Known.GetValue(method, static method => Describe(method.Name, method.DeclaringType));

    /// <summary>The name of the async method that a task is of; null: it is no task of an async method.</summary>
    internal static string? Of(Task task)
    {
        Type type = task.GetType();
        return Known.GetValue(type, static type => StateMachineOf((Type)type) is { } machine ? Describe(machine.Name, machine.DeclaringType) : "") is { Length: > 0 } name ? name : null;
    }

    private static Type? StateMachineOf(Type task) => Array.Find(task.GenericTypeArguments, static argument => typeof(IAsyncStateMachine).IsAssignableFrom(argument));

    private static string Describe(string name, Type? type)
    {
        // closures are nested in the class that the programmer wrote
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith('<'))
            type = outer;
        string readable = Readable(name);
        return type is null ? readable : $"{type.Name.Split('`')[0]}.{readable}";
    }

    // <StockAsync>d__3, <<Main>$>g__StockAsync|0_1, <Start>b__2_0, <<Start>b__2_0>d
    private static string Readable(string name)
    {
        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local >= 0)
            return name[(local + 4)..].Split('|')[0];
        int lambda = name.IndexOf(">b__", StringComparison.Ordinal);
        if (lambda >= 0)
            return $"{name[..lambda].Trim('<', '>', '$')} (lambda)";
        int end = name.IndexOf('>', StringComparison.Ordinal);
        return name.StartsWith('<') && end > 1 ? name[1..end] : name;
    }
}
