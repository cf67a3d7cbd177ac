using Lunatic.Wasm.Scripts;

namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>Every assertion of the specification's scripts, from text and from JSON, in one go, in tiny slices and suspended at every site.</summary>
[TestFixture(ScriptForm.Text, ExecutionMode.Plain)]
[TestFixture(ScriptForm.Json, ExecutionMode.Plain)]
[TestFixture(ScriptForm.Text, ExecutionMode.TinySlices)]
[TestFixture(ScriptForm.Text, ExecutionMode.EverySite)]
[TestFixture(ScriptForm.Text, ExecutionMode.Plain, WasmExecutionMode.Compiled)]
[TestFixture(ScriptForm.Text, ExecutionMode.TinySlices, WasmExecutionMode.Compiled)]
[TestFixture(ScriptForm.Text, ExecutionMode.EverySite, WasmExecutionMode.Compiled)]
[TestFixture(ScriptForm.Text, ExecutionMode.Plain, WasmExecutionMode.Tiered)]
[TestFixture(ScriptForm.Text, ExecutionMode.Switching, WasmExecutionMode.Tiered)]
public sealed class SpecScriptTests(ScriptForm form, ExecutionMode mode, WasmExecutionMode engine = WasmExecutionMode.Interpreted)
{
    [TestCaseSource(typeof(SpecScripts), nameof(SpecScripts.Level2))]
    [CancelAfter(120_000)]
    public void A_script_passes(string name, CancellationToken cancellation)
    {
        WastScript script = WastScript.Load(SpecScripts.Path(name, form));

        WastSummary summary = script.Run(Options(), cancellation: cancellation);

        TestContext.Out.WriteLine($"{name}: {summary.PassedAssertions} of {summary.Assertions} assertions passed");
        Assert.That(summary.Results.Where(result => result.Outcome != WastOutcome.Passed), Is.Empty);
        Assert.That(summary.PassedAssertions, Is.EqualTo(script.Assertions));
    }

    private WastOptions Options()
    {
        var store = new WasmStoreOptions { ExecutionMode = engine };
        return mode switch
        {
            ExecutionMode.TinySlices => new WastOptions { Store = store, SliceFuel = 7 },
            ExecutionMode.Switching => new WastOptions { Store = store, TierSwitches = new Random(1) },
            ExecutionMode.EverySite => new WastOptions { Store = store, SuspendAtEverySite = true },
            _ => new WastOptions { Store = store },
        };
    }
}
