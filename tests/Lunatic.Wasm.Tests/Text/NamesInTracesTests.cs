using System.Text;

namespace Lunatic.Wasm.Tests.Text;

public sealed class NamesInTracesTests
{
    [Test]
    public void Identifiers_of_functions_are_the_names_in_a_trace()
    {
        WasmModule module = WasmModule.Load(Encoding.UTF8.GetBytes("""
            (module $shop
              (func $fail unreachable)
              (func $"two words" (call $fail))
              (func (export "run") (call $"two words")))
            """));
        using var store = new WasmStore();
        WasmInstance instance = new WasmLinker().Instantiate(store, module);

        WasmTrapException exception = Assert.Throws<WasmTrapException>(() => instance.Invoke("run"))!;

        Assert.That(module.Name, Is.EqualTo("shop"));
        Assert.That(exception.Trap.Stack.Select(frame => frame.FunctionName), Is.EqualTo(new[] { "fail", "two words", "run" }));
    }
}
