using Lunatic.Runtime.Tests.Guests;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.HostApi;

[TestFixture]
public sealed class HostApiLinkerTests
{
    [TestCase("""(drop (call $sqlite.open (i32.const 0) (i32.const 0) (i32.const 0)))""", "lunatic::sqlite::open: not there yet")]
    [TestCase("""(drop (call $distributed.test_root_cert (i32.const 0)))""", "lunatic::distributed::test_root_cert: not there yet")]
    [TestCase("""(drop (call $distributed.send (i64.const 0) (i64.const 0)))""", "lunatic::distributed::send: this runtime is not part of a cluster")]
    public async Task What_is_not_there_links_and_traps_by_name(string call, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""(func (export "main") {call})""");
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain(message));
    }

    [Test]
    public async Task A_node_by_itself_says_so()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main")
              (call $report32 (call $distributed.nodes_count))
              (call $report (call $distributed.node_id))
              (call $report (call $distributed.module_id))
              (call $report32 (call $distributed.get_nodes (i32.const 0) (i32.const 5)))
              (call $report32 (call $version.major))
              (call $report32 (call $version.minor))
              (call $report32 (call $version.patch)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 0, 0, 0, 13, 2 }));
    }

    [Test]
    public async Task A_namespace_that_is_not_allowed_links_and_traps_when_called()
    {
        var options = new EnvironmentOptions { AllowedNamespaces = { "lunatic::metrics", "lunatic::process" } };
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main")
              (call $report (call $process.process_id))
              (call $message.create_data (i64.const 0) (i64.const 0)))
            """, options);
        Assert.That(reports, Is.EqualTo(new long[] { 1 }));
        Assert.That(exit.Message, Does.Contain("lunatic::message::create_data: the namespace is not allowed"));
    }

    [TestCase("(module (import \"lunatic::process\" \"fly\" (func)))", "fly")]
    [TestCase("(module (import \"lunatic::process\" \"kill\" (func)))", "kill")]
    [TestCase("(module (import \"env\" \"memory\" (memory 1)))", "memory")]
    public async Task An_import_that_cannot_be_bound_is_named(string module, string name)
    {
        await using var host = new GuestHost();
        WasmUnlinkableException? exception = Assert.ThrowsAsync<WasmUnlinkableException>(async () => await host.CompileAsync(module));
        Assert.That(exception!.Message, Does.Contain(name));
    }

    [Test]
    public async Task A_guest_without_memory_traps_where_one_is_needed_and_runs_otherwise()
    {
        await using var host = new GuestHost();
        const string Imports = """
            (import "lunatic::process" "process_id" (func $id (result i64)))
            (import "lunatic::error" "drop" (func $drop (param i64)))
            (import "lunatic::registry" "remove" (func $remove (param i32 i32)))
            """;
        LunaticProcess without = await host.Environment.SpawnAsync(await host.CompileAsync($"""(module {Imports} (func (export "_start") (drop (call $id))))"""));
        LunaticProcess needing = await host.Environment.SpawnAsync(await host.CompileAsync($"""(module {Imports} (func (export "_start") (call $remove (i32.const 0) (i32.const 0))))"""));
        Assert.That(await GuestHost.WaitForEndAsync(without), Is.EqualTo(ExitReason.Returned));
        Assert.That((await GuestHost.WaitForEndAsync(needing)).Message, Does.Contain("exports no memory"));
    }
}
