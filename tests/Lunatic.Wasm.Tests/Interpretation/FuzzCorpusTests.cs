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
            FuzzExpectations.CheckFailure(failure, Assert.Throws<WasmUninstantiableException>(() => module.Instantiate(store)));
            return;
        }

        WasmInstance instance = module.Instantiate(store);
        using var plainStore = new WasmStore(Options);
        WasmInstance plain = module.Instantiate(plainStore);
        foreach (JsonElement call in expected.GetProperty("calls").EnumerateArray())
        {
            FuzzExpectations.CheckCall(instance, call, FuzzExpectations.Invoke);
            if (!suspendAtEverySite && mode == WasmExecutionMode.Interpreted)
                continue;
            FuzzExpectations.CheckCall(plain, call, FuzzExpectations.Invoke);
            Assert.That(store.Trap?.ToString(), Is.EqualTo(plainStore.Trap?.ToString()), "trap and trace");
            Assert.That(store.FuelUsed, Is.EqualTo(plainStore.FuelUsed), "fuel");
        }
        FuzzExpectations.CheckState(instance, expected);
    }
}
