using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lunatic.Wasm.Tests.Interpretation;

/// <summary>
/// Random modules give the results, traps and final states that another engine gave; also when they are suspended at every single site, when they are
/// compiled, and when they change between interpreter and compiled code at random. Traces and fuel are those of the interpreter that runs without suspension.
/// </summary>
[TestFixture(false, WasmExecutionMode.Interpreted)]
[TestFixture(true, WasmExecutionMode.Interpreted)]
[TestFixture(false, WasmExecutionMode.Compiled)]
[TestFixture(true, WasmExecutionMode.Compiled)]
[TestFixture(false, WasmExecutionMode.Tiered)]
[TestFixture(true, WasmExecutionMode.Tiered)]
public class FuzzCorpusTests(bool suspendAtEverySite, WasmExecutionMode mode)
{
    // a module that loops is stopped by fuel, which none of the corpus needs
    private static readonly WasmStoreOptions Options = new() { MaxFuel = 500_000_000, ExecutionMode = WasmExecutionMode.Interpreted };
    private readonly WasmStoreOptions _options = new() { MaxFuel = 500_000_000, ExecutionMode = mode };

    private static readonly string[] Profiles = ["core", "simd"];

    private static IEnumerable<TestCaseData> Modules() =>
        Profiles.SelectMany(profile => FuzzCorpus.Read(profile).Select(
            entry => new TestCaseData(entry.Module, entry.Expected).SetArgDisplayNames($"{profile}/{Path.GetFileName(entry.Module)}")));

    [Test]
    public void The_corpus_is_there()
    {
        if (!Modules().Any())
            Assert.Ignore("needs the shared folder and a tar command that knows xz");
        Assert.That(Modules().Count(), Is.EqualTo(400));
    }

    [TestCaseSource(nameof(Modules))]
    public void Behaves_as_expected(string path, JsonElement expected)
    {
        WasmLinkedModule module = new WasmLinker().Link(WasmModule.Load(File.ReadAllBytes(path)));
        using var store = new WasmStore(_options)
        {
            SuspendAtEverySite = suspendAtEverySite,
            TierSwitches = mode == WasmExecutionMode.Tiered ? new Random(1) : null,
        };
        if (expected.TryGetProperty("instantiate", out JsonElement failure))
        {
            var exception = Assert.Throws<WasmUninstantiableException>(() => module.Instantiate(store));
            Assert.That(exception.Trap!.Message, Is.EqualTo(Message(failure)));
            return;
        }

        WasmInstance instance = module.Instantiate(store);
        using var plainStore = new WasmStore(Options);
        WasmInstance plain = module.Instantiate(plainStore);
        foreach (JsonElement call in expected.GetProperty("calls").EnumerateArray())
        {
            Check(instance, call);
            if (!suspendAtEverySite && mode == WasmExecutionMode.Interpreted)
                continue;
            Check(plain, call);
            Assert.That(store.Trap?.ToString(), Is.EqualTo(plainStore.Trap?.ToString()), "trap and trace");
            Assert.That(store.FuelUsed, Is.EqualTo(plainStore.FuelUsed), "fuel");
        }
        foreach (JsonProperty state in expected.GetProperty("state").EnumerateObject())
            CheckState(instance, state.Name, state.Value);
    }

    private static void Check(WasmInstance instance, JsonElement call)
    {
        string name = call.GetProperty("function").GetString()!;
        WasmFunction function = instance.GetFunction(name)!;
        WasmValue[] arguments = [.. call.GetProperty("arguments").EnumerateArray().Select((value, i) => Parse(value, function.Type.Parameters[i]))];
        try
        {
            WasmValue[] results = function.Invoke(arguments);
            Assert.That(call.TryGetProperty("trap", out JsonElement trap), Is.False, () => $"{name} should trap: {trap}");
            Assert.That(results.Select(Describe), Is.EqualTo(call.GetProperty("results").EnumerateArray().Select(Describe)), name);
        }
        catch (WasmTrapException exception)
        {
            Assert.That(call.TryGetProperty("trap", out JsonElement trap), Is.True, () => $"{name} should not trap: {exception.Trap}");
            Assert.That(Normalize(exception.Trap.Message), Is.EqualTo(Message(trap)), name);
            Assert.That(exception.Trap.Stack, Is.Not.Empty);
        }
    }

    private static void CheckState(WasmInstance instance, string name, JsonElement state)
    {
        if (state.TryGetProperty("pages", out JsonElement pages))
        {
            WasmMemory memory = instance.GetMemory(name)!;
            Assert.That(memory.Pages, Is.EqualTo(pages.GetInt64()), name);
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(memory.Span)), Is.EqualTo(state.GetProperty("sha256").GetString()), name);
        }
        else if (state.TryGetProperty("size", out JsonElement size))
        {
            Assert.That(instance.GetTable(name)!.Length, Is.EqualTo(size.GetInt64()), name);
        }
        else
        {
            Assert.That(Describe(instance.GetGlobal(name)!.Value), Is.EqualTo(Describe(state.GetProperty("value"))), name);
        }
    }

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

    private static string Describe(JsonElement value) => $"{value[0]} {value[1]}";

    private static string Describe(WasmValue value)
    {
        if (value.Type.IsReference)
            return value.IsNullReference ? "ref null" : "ref non-null";
        if (value.Type == WasmValueType.F32)
            return $"f32 0x{(uint)value.Bits:x8}";
        return value.Type == WasmValueType.F64 ? $"f64 0x{(ulong)value.Bits:x16}" : value.ToString();
    }
}
