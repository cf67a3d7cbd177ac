using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Process;

[TestFixture]
public sealed class SpawnTests
{
    // spawns "child" with the config and module of the process itself
    private const string Spawn = """
        (data (i32.const 100) "child")
        (func $spawn (param $link i64) (result i64)
          (call $report32 (call $process.spawn (local.get $link) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 120) (i32.const 0) (i32.const 200)))
          (i64.load (i32.const 200)))
        (func $receive
          (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
          (call $report (call $message.get_tag)))
        """;

    [Test]
    public async Task A_child_gets_its_parameters()
    {
        await using var host = new GuestHost();
        await host.RunMainAsync("""
            (data (i32.const 100) "child")
            (data (i32.const 120) "\7f\ff\ff\ff\ff\00\00\00\00\00\00\00\00\00\00\00\00\7e\01\02\00\00\00\00\00\00\09\09\09\09\09\09\09\09")
            (func (export "child") (param i32 i64) (call $report32 (local.get 0)) (call $report (local.get 1)))
            (func (export "main")
              (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 120) (i32.const 34) (i32.const 200)))
              (call $report (i64.load (i32.const 200))))
            """);
        Assert.That(await host.WaitForReportsAsync(3), Is.EquivalentTo(new long[] { 2, 0xFFFFFFFF, 0x201 }));
    }

    [Test]
    public async Task A_vector_can_be_a_parameter()
    {
        await using var host = new GuestHost();
        await host.RunMainAsync("""
            (data (i32.const 100) "child")
            (data (i32.const 120) "\7b\01\00\00\00\00\00\00\00\02\00\00\00\00\00\00\00\7f\09\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
            (func (export "child") (param v128 i32)
              (call $report (i64x2.extract_lane 0 (local.get 0))) (call $report (i64x2.extract_lane 1 (local.get 0))) (call $report32 (local.get 1)))
            (func (export "main")
              (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 120) (i32.const 34) (i32.const 200))))
            """);
        Assert.That(await host.WaitForReportsAsync(3), Is.EqualTo(new long[] { 1, 2, 9 }));
    }

    [Test]
    public async Task Children_have_memories_of_their_own_and_ids_that_count()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Spawn + """
            (func (export "child")
              (call $message.create_data (i64.add (i64.mul (call $process.process_id) (i64.const 100)) (i64.load (i32.const 300))) (i64.const 0))
              (drop (call $message.send (i64.const 1))))
            (func (export "main")
              (i64.store (i32.const 300) (i64.const 5))
              (call $report (call $spawn (i64.const 0)))
              (call $receive)
              (call $report (call $spawn (i64.const 0)))
              (call $receive)
              (call $report (call $process.environment_id)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 2, 0, 200, 0, 3, 0, 300, 1 }));
    }

    [TestCase("unreachable", 1, 7)]
    [TestCase("", 9027, 0)]
    public async Task A_linked_parent_that_wants_to_know_hears_of_failures_only(string child, int result, int tag)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Spawn + $$"""
            (func (export "child") {{child}})
            (func (export "main")
              (call $process.die_when_link_dies (i32.const 0))
              (drop (call $spawn (i64.const 7)))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const 50)))
              (call $report (call $message.get_tag)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, result, tag }));
    }

    [Test]
    public async Task A_linked_parent_dies_with_its_child()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(Spawn + """
            (func (export "child") unreachable)
            (func (export "main") (drop (call $spawn (i64.const 7))) (call $process.sleep_ms (i64.const -1)))
            """);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.LinkDied));
        Assert.That(exit.DeadLink?.LocalId, Is.EqualTo(2));
    }

    [Test]
    public async Task A_linked_child_dies_with_its_parent_and_hears_no_tag()
    {
        await using var host = new GuestHost();
        await host.RunMainAsync(Spawn + """
            (func (export "child")
              (call $process.die_when_link_dies (i32.const 0))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.send (i64.const 1)))
              (call $receive))
            (func (export "main")
              (drop (call $spawn (i64.const 7)))
              (call $receive)
              unreachable)
            """);
        Assert.That(await host.WaitForReportsAsync(5), Is.EqualTo(new long[] { 0, 0, 0, 1, 0 }));
    }

    [TestCase("(func (export \"main2\"))", "no function named \"child\"")]
    [TestCase("(func (export \"child\") (param i32))", "is of type")]
    [TestCase("(func (export \"child\") (result i32) (i32.const 0))", "returns a value")]
    public async Task A_wrong_entry_is_the_end_of_the_child_not_an_error_of_the_spawn(string child, string message)
    {
        await using var host = new GuestHost();
        LunaticProcess parent = await host.SpawnAsync(Spawn + $$"""
            {{child}}
            (func (export "main")
              (call $process.die_when_link_dies (i32.const 0))
              (drop (call $spawn (i64.const 7)))
              (call $receive))
            """);
        ExitReason exit = await GuestHost.WaitForEndAsync(parent);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 0, 1, 7 }));
        Assert.That(message, Is.Not.Empty);
    }

    [Test]
    public async Task A_start_function_runs_as_the_child_while_the_parent_waits()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Spawn + """
            (start $begin)
            (func $begin
              (call $report (i64.add (i64.const 100) (call $process.process_id)))
              (call $process.sleep_ms (i64.const 5))
              (call $report32 (call $process.exists (call $process.process_id))))
            (func (export "child") (call $report (i64.const 77)))
            (func (export "main")
              (call $report (call $spawn (i64.const 0)))
              (call $process.monitor (i64.const 2))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        // the child's report comes before or after those of the spawn
        Assert.That(reports[..4], Is.EqualTo(new long[] { 101, 0, 102, 0 }));
        Assert.That(reports[4..], Is.EquivalentTo(new long[] { 77, 0, 2, 2 }));
    }

    private const string CompileOther = """
        (func $other (result i64)
          (if (call $process.compile_module (i32.const 1000) (i32.const 300) (i32.const 200)) (then unreachable))
          (i64.load (i32.const 200)))
        (func $text (call $report32 (call $error.string_size (i64.load (i32.const 200)))))
        """;

    private static string Other(string module) => $"""(data (i32.const 1000) "{module.PadRight(300).Replace("\"", "\\22", StringComparison.Ordinal)}")""";

    [TestCase("(module (func $s unreachable) (start $s) (func (export \"child\")))", 1)]
    [TestCase("(module (memory 1) (data (i32.const 65536) \"x\") (func (export \"child\")))", 1)]
    [TestCase("(module (memory 40000 50000) (func (export \"child\")))", 0)]
    [TestCase("(module (table 100000 funcref) (func (export \"child\")))", 1)]
    [TestCase("(module (func (export \"child\")))", 0)]
    public async Task What_cannot_be_instantiated_is_an_error(string module, int result)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Spawn + CompileOther + Other(module) + """
            (func (export "main")
              (call $report32 (call $process.spawn (i64.const 3) (i64.const -1) (call $other) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))
              (call $report32 (i32.eqz (i64.eqz (i64.load (i32.const 200))))))
            """, new EnvironmentOptions { MaxMemory = 3_000_000_000 });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { result, 1 - result }));
    }

    [Test]
    public async Task More_processes_than_allowed_are_an_error()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Spawn + """
            (func (export "child") (call $process.sleep_ms (i64.const -1)))
            (func (export "main")
              (call $report (call $spawn (i64.const 0)))
              (drop (call $spawn (i64.const 0)))
              (call $report32 (i32.gt_u (call $error.string_size (i64.load (i32.const 200))) (i32.const 10))))
            """, new EnvironmentOptions { MaxProcesses = 2 });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 2, 1, 1 }));
    }

    private const string Child = "(func (export \"child\") (call $process.sleep_ms (i64.const -1)))";
    private const string Tail = "(i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))";

    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const 0) (i64.const -1) " + Tail, "no configuration with id 0")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -2) (i64.const -1) " + Tail, "no configuration with id 18446744073709551614")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const 4) " + Tail, "no module with id 4")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const -1) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))", "lies outside")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 300) (i32.const 2) (i32.const 0) (i32.const 0) (i32.const 200)))", "not valid UTF-8")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 16) (i32.const 200)))", "16 bytes")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 17) (i32.const 200)))", "of type 0x00")]
    [TestCase("(drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 65530)))", "lies outside")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        await using var host = new GuestHost();
        ExitReason exit = await host.RunMainAsync(Spawn + Child + $"""
            (data (i32.const 300) "\c3\28")
            (func (export "main") {mistake})
            """);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain(message));
        Assert.That(host.Environment.FindProcess(2), Is.Null, "nothing was spawned");
    }

    [Test]
    public async Task Without_the_right_a_spawn_traps()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(
            Spawn + Child + """(func (export "main") (drop (call $spawn (i64.const 0))))""", new EnvironmentOptions { CanSpawnProcesses = false });
        Assert.That(exit.Message, Does.Contain("may not spawn"));
    }

    [Test]
    public async Task A_start_function_may_not_spawn()
    {
        await using var host = new GuestHost();
        var failure = Assert.ThrowsAsync<Lunatic.Wasm.WasmUninstantiableException>(async () => await host.SpawnAsync(
            Spawn + Child + """(start $begin) (func $begin (drop (call $spawn (i64.const 0)))) (func (export "main"))"""));
        Assert.That(failure!.Message, Does.Contain("start function"));
    }

    [Test]
    public async Task A_killed_parent_takes_a_child_along_whose_start_function_still_runs()
    {
        await using var host = new GuestHost();
        LunaticProcess parent = await host.SpawnAsync(Spawn + """
            (global $isFirst (mut i32) (i32.const 0))
            (start $begin)
            (func $begin (if (i64.ne (call $process.process_id) (i64.const 1)) (then (call $report (i64.const 5)) (call $process.sleep_ms (i64.const -1)))))
            (func (export "child"))
            (func (export "main") (drop (call $spawn (i64.const 0))))
            """);
        await host.WaitForReportsAsync(1);
        parent.Kill();
        Assert.That(await GuestHost.WaitForEndAsync(parent), Is.EqualTo(ExitReason.Killed));
    }
}
