using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests;

[TestFixture]
public sealed class HostFunctionCollectionTests
{
    [TestCase("lunatic::process")]
    [TestCase("lunatic::mine")]
    [TestCase("wasi_snapshot_preview1")]
    public void A_namespace_of_the_runtime_is_refused(string name) =>
        Assert.That(() => new HostFunctionCollection().Add(name, "f", () => { }), Throws.ArgumentException.With.Message.Contains("belongs to the runtime"));

    [Test]
    public void A_name_can_be_taken_once()
    {
        var functions = new HostFunctionCollection { { "app", "f", () => { } } };

        Assert.That(() => functions.Add("app", "f", () => 1), Throws.ArgumentException.With.Message.Contains("app::f"));
        Assert.That(functions, Is.EqualTo(new[] { "app::f" }));
    }

    [Test]
    public void Marked_methods_are_found_with_their_names()
    {
        var functions = new HostFunctionCollection { typeof(StaticFunctions) };

        Assert.That(functions, Is.EquivalentTo(new[] { "app::static::put_if_absent", "app::static::other" }));
    }

    [Test]
    public void Classes_that_are_not_marked_or_need_an_object_are_refused()
    {
        Assert.That(() => new HostFunctionCollection().Add(typeof(string)), Throws.ArgumentException.With.Message.Contains("LunaticNamespace"));
        Assert.That(() => new HostFunctionCollection().Add(typeof(NoFunctions)), Throws.ArgumentException.With.Message.Contains("no method"));
        Assert.That(() => new HostFunctionCollection().Add(typeof(InstanceFunctions)), Throws.ArgumentException.With.Message.Contains("add an object"));
    }

    [Test]
    public void Types_that_guests_cannot_pass_or_take_are_refused_by_name()
    {
        Refuses((DateTime when) => { }, "when");
        Refuses(() => new object(), "System.Object");
        Refuses((ReadOnlySpan<byte> bytes) => Task.CompletedTask, "asynchronous");
        Refuses(() => Task.FromResult(DateTime.MinValue), "DateTime");

        static void Refuses(Delegate function, string text)
        {
            var options = new LunaticRuntimeOptions { HostFunctions = { { "app", "f", function } } };
            Assert.That(() => new LunaticRuntime(options), Throws.ArgumentException.With.Message.Contains("app::f").And.Message.Contains(text));
        }
    }

    [Test]
    public async Task A_module_that_imports_with_another_type_does_not_compile()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1, HostFunctions = { { "app", "f", (int value) => value } } });

        Assert.That(async () => await runtime.CompileAsync("""(module (import "app" "f" (func (param i64) (result i32))))"""u8.ToArray()), Throws.InstanceOf<WasmUnlinkableException>().With.Message.Contains("app"));
        Assert.That(async () => await runtime.CompileAsync("""(module (import "app" "g" (func)))"""u8.ToArray()), Throws.InstanceOf<WasmUnlinkableException>());
    }

    [LunaticNamespace("app::static")]
    private static class StaticFunctions
    {
        [LunaticFunction]
        public static Task PutIfAbsentAsync(string key) => Task.FromResult(key);

        [LunaticFunction("other")]
        public static void Something()
        {
        }

        public static void NotMarked()
        {
        }
    }

    [LunaticNamespace("app::none")]
    private static class NoFunctions;

    [LunaticNamespace("app::instance")]
    private sealed class InstanceFunctions
    {
        [LunaticFunction]
        public int This() => GetHashCode();
    }
}
