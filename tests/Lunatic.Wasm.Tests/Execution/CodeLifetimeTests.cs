using System.Runtime.CompilerServices;
using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Machine code lives as long as its module.</summary>
public class CodeLifetimeTests
{
    [Test]
    public void Modules_that_nobody_uses_are_collected_with_their_code()
    {
        const int Modules = 100;
        WeakReference[] modules = [.. Enumerable.Range(0, Modules).Select(RunAndDrop)];
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(modules.Count(module => module.IsAlive), Is.LessThan(Modules / 10));
    }

    [Test]
    public void Code_stays_while_an_instance_can_enter_it()
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled });
        WasmInstance instance = TestInstance.Create(store, "(module (func (export \"f\") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))");
        for (int i = 0; i < 3; i++)
        {
            Assert.That(instance.Call("f", i), Is.EqualTo(i + 1));
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAndDrop(int number)
    {
        using var store = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled });
        WasmInstance instance = TestInstance.Create(store, $"""
            (module
              (func $g (result i32) (i32.const {number}))
              (func (export "f") (result i32) (call $g)))
            """);
        Assert.That(instance.Call("f"), Is.EqualTo(number));
        return new WeakReference(instance.Module);
    }
}
