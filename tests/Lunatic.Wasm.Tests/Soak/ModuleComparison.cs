using System.Text.Json;
using Lunatic.Wasm.Tests.Interpretation;

namespace Lunatic.Wasm.Tests.Soak;

/// <summary>
/// Runs a random module in the interpreter, which is compared with another engine, and then in all other ways: compiled and in tiers that change at
/// random, in one go and in random slices. Results, traps with their traces, fuel and the final state are to be the interpreter's.
/// </summary>
internal sealed class ModuleComparison(string path, JsonElement expected, Random random)
{
    // a module that loops is stopped by fuel
    private const long MaxFuel = 500_000_000;

    // how deep a recursion may go is an engine's own affair, so from there on the other one has done something else
    private readonly bool _otherRanOutOfStack = expected.TryGetProperty("calls", out JsonElement calls)
        && calls.EnumerateArray().Any(call => call.TryGetProperty("trap", out JsonElement trap) && trap.GetString() == "call stack exhausted");

    /// <summary>Suspensions of all runs.</summary>
    public int Suspensions { get; private set; }

    public void Run()
    {
        WasmLinkedModule module = Link();
        List<string>? oracle = Observe(module, WasmExecutionMode.Interpreted, inSlices: false);
        if (oracle is null)
            return;
        Compare(oracle, module, WasmExecutionMode.Interpreted, inSlices: true);
        Compare(oracle, module, WasmExecutionMode.Compiled, inSlices: false);
        Compare(oracle, module, WasmExecutionMode.Compiled, inSlices: true);
        // what has been compiled already switches at once
        Compare(oracle, random.Next(2) == 0 ? module : Link(), WasmExecutionMode.Tiered, inSlices: random.Next(2) == 0);
    }

    private WasmLinkedModule Link() => new WasmLinker().Link(WasmModule.Load(File.ReadAllBytes(path)));

    private void Compare(List<string> oracle, WasmLinkedModule module, WasmExecutionMode mode, bool inSlices) =>
        Assert.That(Observe(module, mode, inSlices), Is.EqualTo(oracle), $"{mode}{(inSlices ? ", in random slices" : "")}");

    // null: the module cannot be instantiated, as it should be
    private List<string>? Observe(WasmLinkedModule module, WasmExecutionMode mode, bool inSlices)
    {
        using var store = new WasmStore(new WasmStoreOptions { MaxFuel = MaxFuel, ExecutionMode = mode })
        {
            TierSwitches = mode == WasmExecutionMode.Tiered ? random : null,
        };
        if (expected.TryGetProperty("instantiate", out JsonElement failure))
        {
            FuzzExpectations.CheckFailure(failure, Assert.Throws<WasmUninstantiableException>(() => module.Instantiate(store)));
            return null;
        }
        WasmInstance instance = module.Instantiate(store);
        var slices = new RandomSlices(random);
        List<string> observed = [];
        foreach (JsonElement call in expected.GetProperty("calls").EnumerateArray())
        {
            IReadOnlyList<WasmValue>? results = FuzzExpectations.RunCall(instance, call, inSlices ? slices.Run : FuzzExpectations.Invoke);
            observed.Add(results is null ? store.Trap!.ToString() : string.Join(' ', results.Select(FuzzExpectations.Describe)));
            observed.Add($"fuel used: {store.FuelUsed}");
            if (!_otherRanOutOfStack)
                FuzzExpectations.CheckOutcome(instance, call, results);
        }
        observed.AddRange(expected.GetProperty("state").EnumerateObject().Select(state => $"{state.Name}: {FuzzExpectations.StateOf(instance, state.Name)}"));
        if (!_otherRanOutOfStack)
            FuzzExpectations.CheckState(instance, expected);
        Suspensions += slices.Suspensions;
        return observed;
    }
}
