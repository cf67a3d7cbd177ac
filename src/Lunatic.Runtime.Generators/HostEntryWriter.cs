using System.Text;
using Microsoft.CodeAnalysis;

namespace Lunatic.Runtime.Generators;

/// <summary>
/// Writes the entries of host functions: for each method one that compiled guest code calls, with its calling convention, and one that the interpreter
/// calls, with arguments in slots.
/// </summary>
internal static class HostEntryWriter
{
    /// <summary>Writes a nested class with what compiled code calls. Exceptions must not leave these methods: the code that calls them cannot unwind by exceptions.</summary>
    public static void WriteCompiled(StringBuilder text, List<IMethodSymbol> methods)
    {
        text.AppendLine();
        text.AppendLine("    private static unsafe class CompiledEntries");
        text.AppendLine("    {");
        foreach (IMethodSymbol method in methods)
            WriteCompiled(text, method);
        text.AppendLine("    }");
    }

    /// <summary>Writes a nested class with what the interpreter calls.</summary>
    public static void WriteSlots(StringBuilder text, List<IMethodSymbol> methods)
    {
        text.AppendLine();
        text.AppendLine("    private static unsafe class SlotEntries");
        text.AppendLine("    {");
        foreach (IMethodSymbol method in methods)
        {
            string call = Call(method, Parameters(method).Select(Unpack));
            string body = method.ReturnsVoid ? call : $"slots[0] = {Pack(method.ReturnType.SpecialType, call)}";
            text.AppendLine($"        public static void {SlotEntryName(method)}(WasmCaller caller, ulong* slots) => {body};");
        }
        text.AppendLine("    }");
    }

    /// <summary>The C# name of a number's type.</summary>
    public static string Keyword(SpecialType type) => type switch
    {
        SpecialType.System_Int32 => "int",
        SpecialType.System_Int64 => "long",
        SpecialType.System_Single => "float",
        _ => "double",
    };

    /// <summary>The name of what the interpreter calls for a method. All have the same parameters, so overloads are told apart by a number.</summary>
    public static string SlotEntryName(IMethodSymbol method)
    {
        int index = method.ContainingType.GetMembers(method.Name).IndexOf(method, 0, SymbolEqualityComparer.Default);
        return index == 0 ? method.Name : $"{method.Name}{index}";
    }

    private static void WriteCompiled(StringBuilder text, IMethodSymbol method)
    {
        SpecialType[] parameters = Parameters(method);
        string result = method.ReturnsVoid ? "void" : Keyword(method.ReturnType.SpecialType);
        string call = Call(method, parameters.Select((_, index) => $"a{index}"));
        string signature = $"(nint instance{string.Concat(parameters.Select((type, index) => $", {Keyword(type)} a{index}"))})";
        string name = method.Name;
        if (QuickOf(method) is { } quick)
        {
            name += "InFull";
            string arguments = string.Concat(parameters.Select((_, index) => $", a{index}"));
            text.AppendLine($"        public static {result} {method.Name}{signature} =>");
            text.AppendLine($"            {method.ContainingType.Name}.{quick}(ProcessContext.Of(HostEntry.Begin(instance)){arguments}, out {result} result) ? result : {name}(instance{arguments});");
        }
        text.AppendLine($"        public static {result} {name}{signature}");
        text.AppendLine("        {");
        text.AppendLine("            WasmCaller caller = HostEntry.Begin(instance);");
        if (!method.ReturnsVoid)
            text.AppendLine($"            {result} result = default;");
        text.AppendLine("            try");
        text.AppendLine("            {");
        text.AppendLine($"                {(method.ReturnsVoid ? "" : "result = ")}{call};");
        text.AppendLine("            }");
        text.AppendLine("            catch (global::System.Exception exception)");
        text.AppendLine("            {");
        text.AppendLine("                caller.Fail(exception);");
        text.AppendLine("            }");
        text.AppendLine("            if (caller.HasDecided)");
        text.AppendLine("            {");
        if (parameters.Length > 0)
            text.AppendLine("                ulong* slots = HostEntry.Slots(instance);");
        for (int i = 0; i < parameters.Length; i++)
            text.AppendLine($"                slots[{i}] = {Pack(parameters[i], $"a{i}")};");
        // as the interpreter leaves them, so that a suspended guest is the same data
        if (parameters.Length > 0 && !method.ReturnsVoid)
            text.AppendLine($"                slots[0] = {Pack(method.ReturnType.SpecialType, "result")};");
        text.AppendLine("                HostEntry.Leave(instance);");
        text.AppendLine("            }");
        if (!method.ReturnsVoid)
            text.AppendLine("            return result;");
        text.AppendLine("        }");
    }

    private static string? QuickOf(IMethodSymbol method) => (string?)method.GetAttributes()
        .SelectMany(attribute => attribute.NamedArguments)
        .FirstOrDefault(argument => argument.Key == "Quick").Value.Value;

    private static SpecialType[] Parameters(IMethodSymbol method) => [.. method.Parameters.Skip(1).Select(parameter => parameter.Type.SpecialType)];

    private static string Call(IMethodSymbol method, IEnumerable<string> arguments) =>
        $"{method.ContainingType.Name}.{method.Name}({string.Join(", ", new[] { "ProcessContext.Of(caller)" }.Concat(arguments))})";

    private static string Unpack(SpecialType type, int slot) => type switch
    {
        SpecialType.System_Int32 => $"(int)slots[{slot}]",
        SpecialType.System_Int64 => $"(long)slots[{slot}]",
        SpecialType.System_Single => $"global::System.BitConverter.UInt32BitsToSingle((uint)slots[{slot}])",
        _ => $"global::System.BitConverter.UInt64BitsToDouble(slots[{slot}])",
    };

    private static string Pack(SpecialType type, string value) => type switch
    {
        SpecialType.System_Int32 => $"(uint){value}",
        SpecialType.System_Int64 => $"(ulong){value}",
        SpecialType.System_Single => $"global::System.BitConverter.SingleToUInt32Bits({value})",
        _ => $"global::System.BitConverter.DoubleToUInt64Bits({value})",
    };
}
