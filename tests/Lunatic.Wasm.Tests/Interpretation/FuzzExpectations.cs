using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lunatic.Wasm.Tests.Interpretation;

/// <summary>Compares what a random module does with what another engine recorded in a line of expected.jsonl.</summary>
internal static class FuzzExpectations
{
    /// <summary>Runs a call of a line by <c>run</c>, which gives a function's results, or null where it traps, and checks how it ends.</summary>
    public static void CheckCall(WasmInstance instance, JsonElement call, Func<WasmFunction, WasmValue[], IReadOnlyList<WasmValue>?> run) =>
        CheckOutcome(instance, call, RunCall(instance, call, run));

    /// <summary>Runs a call of a line by <c>run</c>.</summary>
    /// <returns>The results, or null: it trapped.</returns>
    public static IReadOnlyList<WasmValue>? RunCall(WasmInstance instance, JsonElement call, Func<WasmFunction, WasmValue[], IReadOnlyList<WasmValue>?> run)
    {
        WasmFunction function = instance.GetFunction(call.GetProperty("function").GetString()!)!;
        return run(function, [.. call.GetProperty("arguments").EnumerateArray().Select((value, i) => Parse(value, function.Type.Parameters[i]))]);
    }

    /// <summary>Checks the results of a call, null where it trapped.</summary>
    public static void CheckOutcome(WasmInstance instance, JsonElement call, IReadOnlyList<WasmValue>? results)
    {
        string name = call.GetProperty("function").GetString()!;
        bool shouldTrap = call.TryGetProperty("trap", out JsonElement trap);
        if (results is not null)
        {
            Assert.That(shouldTrap, Is.False, () => $"{name} should trap: {trap}");
            Assert.That(results.Select(Describe), Is.EqualTo(call.GetProperty("results").EnumerateArray().Select(Describe)), name);
            return;
        }
        WasmTrap actual = instance.Store.Trap!;
        Assert.That(shouldTrap, Is.True, () => $"{name} should not trap: {actual}");
        Assert.That(Normalize(actual.Message), Is.EqualTo(Message(trap)), name);
        Assert.That(actual.Stack, Is.Not.Empty);
    }

    /// <summary>Runs a function in one go, as <see cref="CheckCall"/> wants it.</summary>
    public static IReadOnlyList<WasmValue>? Invoke(WasmFunction function, WasmValue[] arguments)
    {
        try
        {
            return function.Invoke(arguments);
        }
        catch (WasmTrapException)
        {
            return null;
        }
    }

    /// <summary>Checks the state after all calls.</summary>
    public static void CheckState(WasmInstance instance, JsonElement expected)
    {
        foreach (JsonProperty state in expected.GetProperty("state").EnumerateObject())
            Assert.That(StateOf(instance, state.Name), Is.EqualTo(Describe(state)), state.Name);
    }

    /// <summary>A memory's pages and hash, a table's length or a global's value.</summary>
    public static string StateOf(WasmInstance instance, string export)
    {
        if (instance.GetMemory(export) is { } memory)
            return $"{memory.Pages} pages {Convert.ToHexStringLower(SHA256.HashData(memory.Span))}";
        return instance.GetTable(export) is { } table ? $"{table.Length} elements" : Describe(instance.GetGlobal(export)!.Value);
    }

    /// <summary>Checks that instantiation fails as it should.</summary>
    public static void CheckFailure(JsonElement expected, WasmUninstantiableException exception) =>
        Assert.That(Normalize(exception.Trap!.Message), Is.EqualTo(Message(expected)));

    public static string Describe(WasmValue value)
    {
        if (value.Type.IsReference)
            return value.IsNullReference ? "ref null" : "ref non-null";
        if (value.Type == WasmValueType.F32)
            return $"f32 0x{(uint)value.Bits:x8}";
        return value.Type == WasmValueType.F64 ? $"f64 0x{(ulong)value.Bits:x16}" : value.ToString();
    }

    private static string Describe(JsonProperty state)
    {
        if (state.Value.TryGetProperty("pages", out JsonElement pages))
            return $"{pages} pages {state.Value.GetProperty("sha256")}";
        return state.Value.TryGetProperty("size", out JsonElement size) ? $"{size} elements" : Describe(state.Value.GetProperty("value"));
    }

    private static string Describe(JsonElement value) => $"{value[0]} {value[1]}";

    private static string Message(JsonElement trap) => Normalize(trap.GetString()!);

    // the other engine says the same for a call through a table and for reading it
    private static string Normalize(string message) =>
        message is "undefined element: out of bounds table access" or "undefined element" ? "out of bounds table access" : message;

    private static WasmValue Parse(JsonElement value, WasmValueType type)
    {
        string text = value[1].GetString()!;
        if (type == WasmValueType.FuncRef)
            return WasmValue.FromFuncRef(null);
        if (type == WasmValueType.ExternRef)
            return WasmValue.FromExternRef(null);
        if (type == WasmValueType.I32)
            return int.Parse(text, CultureInfo.InvariantCulture);
        if (type == WasmValueType.I64)
            return long.Parse(text, CultureInfo.InvariantCulture);
        return WasmValue.FromBits(type, UInt128.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
