using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Tests.Guests;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.HostApi;

[TestFixture]
public sealed class HostApiLinkerTests
{
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
        Assert.That(exit.Message, Does.Contain("lunatic::message::create_data: the function is not allowed"));
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

    private static IEnumerable<TestCaseData> AllFunctions() =>
        from generation in Enum.GetValues<HostApiGeneration>()
        from table in HostApiGenerations.NamespacesOf(generation)
        where table.Name.StartsWith("lunatic::", StringComparison.Ordinal)
        group (table, generation) by table.Name into tables
        select new TestCaseData(tables.Key).SetArgDisplayNames(tables.Key);

    // each function is called with zeros, in a process of its own; whatever comes of it, nothing says that the function is missing
    [TestCaseSource(nameof(AllFunctions))]
    public async Task Every_function_is_there(string hostNamespace)
    {
        await using var host = new GuestHost();
        foreach (HostApiGeneration generation in Enum.GetValues<HostApiGeneration>())
        {
            foreach (HostFunction function in HostApiGenerations.NamespacesOf(generation).Where(table => table.Name == hostNamespace).SelectMany(table => table.Functions))
            {
                LunaticModule module = LunaticModule.Load(System.Text.Encoding.UTF8.GetBytes($"""
                    (module
                      (import "{hostNamespace}" "{function.Name}" (func $call {Types("param", function.Type.Parameters)} {Types("result", function.Type.Results)}))
                      (memory (export "memory") 1)
                      (func (export "main") (call $call {string.Concat(function.Type.Parameters.Select(type => $"({type}.const 0)"))}){(function.Type.Results.Length > 0 ? " drop" : "")}))
                    """));
                LunaticProcess process = await host.Environment.SpawnAsync(module, "main");
                process.Send(new Message(0, []));
                ExitReason exit = await GuestHost.WaitForEndAsync(process);
                Assert.That(exit.Message, Does.Not.Contain("not there yet").And.Not.Contain("not implemented"), $"{generation}: {hostNamespace}::{function.Name}");
                Assert.That(exit.Kind, Is.Not.EqualTo(ExitKind.Faulted), exit.ToString());
            }
        }

        static string Types(string kind, IEnumerable<WasmValueType> types) => types.Any() ? $"({kind} {string.Join(' ', types)})" : "";
    }
}
