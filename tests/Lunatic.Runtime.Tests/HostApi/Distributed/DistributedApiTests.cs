using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Distributed;

/// <summary>The functions that need a cluster, between two runtimes, and on one by itself.</summary>
[TestFixture]
public sealed class DistributedApiTests
{
    // a child's entry takes the number of a process of node 1; a spawned process's number is written at 16, an error's id at 24
    private const string Functions = """
        (data (i32.const 100) "child" "echo." "forbidden" "role=x" "bad")
        (data (i32.const 200) "\7e")
        (func $spawn (param $node i64) (param $module i64) (param $name i32) (param $length i32) (result i32)
          (i64.store (i32.const 201) (call $process.process_id))
          (i64.store (i32.const 16) (i64.const -1))
          (call $distributed.spawn (local.get $node) (i64.const -1) (local.get $module) (local.get $name) (local.get $length) (i32.const 200) (i32.const 17) (i32.const 16)))
        (func $message (param $tag i64)
          (call $message.create_data (local.get $tag) (i64.const 0))
          (drop (call $message.write_data (i32.const 100) (i32.const 5))))
        (func $send (param $node i64) (param $process i64) (result i32)
          (call $message (i64.const 7))
          (call $distributed.send (local.get $node) (local.get $process)))
        (func (export "child") (param $parent i64)
          (call $report32 (call $send (i64.const 1) (local.get $parent))))
        (func (export "echo.") (param $parent i64)
          (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
          (call $message (i64.const 9))
          (drop (call $distributed.send (i64.const 1) (local.get $parent))))
        """;

    private static async Task<(ExitReason Exit, long[] First, long[] Second)> RunAsync(string main, Action<FakeCluster>? configure = null)
    {
        var cluster = new FakeCluster();
        await using var first = new GuestHost();
        await using var second = new GuestHost();
        cluster.Add(first);
        cluster.Add(second);
        configure?.Invoke(cluster);
        cluster.Module = await first.CompileAsync(GuestModule.Write($"{Functions}(func (export \"main\") {main})"));
        LunaticProcess process = await first.Environment.SpawnAsync(cluster.Module, "main");
        ExitReason exit = await GuestHost.WaitForEndAsync(process);
        foreach (LunaticProcess child in second.Environment.Processes)
            child.Kill();
        return (exit, first.Reports, second.Reports);
    }

    [Test]
    public async Task A_guest_sees_the_nodes_its_own_and_its_module()
    {
        (ExitReason exit, long[] reports, _) = await RunAsync("""
            (call $report32 (call $distributed.nodes_count))
            (call $report32 (call $distributed.get_nodes (i32.const 512) (i32.const 1)))
            (call $report32 (call $distributed.get_nodes (i32.const 512) (i32.const 10)))
            (call $report (i64.load (i32.const 512)))
            (call $report (i64.load (i32.const 520)))
            (call $report (call $distributed.node_id))
            (call $report (call $distributed.module_id))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 2, 1, 2, 1, 2, 1, FakeCluster.ModuleId }));
    }

    [Test]
    public async Task A_child_on_another_node_sends_to_its_parent()
    {
        (ExitReason exit, long[] reports, _) = await RunAsync("""
            (call $report32 (call $spawn (i64.const 2) (call $distributed.module_id) (i32.const 100) (i32.const 5)))
            (call $report32 (i64.ne (i64.load (i32.const 16)) (i64.const -1)))
            (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
            (call $report (call $message.get_tag))
            (call $report (call $message.data_size))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 1, 0, 7, 5 }));
    }

    [Test]
    public async Task What_is_not_there_is_a_code_and_an_error()
    {
        (ExitReason exit, long[] reports, _) = await RunAsync("""
            (call $report32 (call $spawn (i64.const 9) (i64.const 40) (i32.const 100) (i32.const 5)))
            (call $error.drop (i64.load (i32.const 16)))
            (call $report32 (call $spawn (i64.const 2) (i64.const 41) (i32.const 100) (i32.const 5)))
            (call $error.drop (i64.load (i32.const 16)))
            (call $report32 (call $send (i64.const 2) (i64.const 999)))
            (call $report32 (call $send (i64.const 9) (i64.const 1)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 2, 1, 2 }));
    }

    [Test]
    public async Task Nodes_that_cannot_be_reached_are_9027()
    {
        (ExitReason exit, long[] reports, _) = await RunAsync(
            """
            (call $report32 (call $spawn (i64.const 2) (i64.const 40) (i32.const 100) (i32.const 5)))
            (call $error.drop (i64.load (i32.const 16)))
            (call $report32 (call $send (i64.const 2) (i64.const 1)))
            (call $message (i64.const 7))
            (call $report32 (call $distributed.send_receive_skip_search (i64.const 2) (i64.const 1) (i64.const 9) (i64.const -1)))
            """,
            cluster => cluster.IsDown = true);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 9027, 9027, 9027 }));
    }

    [Test]
    public async Task A_reply_is_taken_even_if_it_is_there_before_the_answer_to_the_request()
    {
        // the second message is the reply: the answer to the first comes after it
        var replied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (ExitReason exit, long[] reports, _) = await RunAsync(
            """
            (call $report32 (call $spawn (i64.const 2) (i64.const 40) (i32.const 105) (i32.const 5)))
            (call $message (i64.const 7))
            (call $report32 (call $distributed.send_receive_skip_search (i64.const 2) (i64.load (i32.const 16)) (i64.const 9) (i64.const -1)))
            (call $report (call $message.get_tag))
            """,
            cluster =>
            {
                int messages = 0;
                cluster.Answers = replied.Task;
                cluster.Arrived = () =>
                {
                    if (Interlocked.Increment(ref messages) == 2)
                        replied.SetResult();
                };
            });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 9 }));
    }

    [Test]
    public async Task Waiting_for_a_reply_ends_in_time_whatever_the_other_node_does()
    {
        (ExitReason exit, long[] reports, _) = await RunAsync(
            """
            (call $report32 (call $spawn (i64.const 2) (i64.const 40) (i32.const 105) (i32.const 5)))
            (call $message (i64.const 7))
            (call $report32 (call $distributed.send_receive_skip_search (i64.const 2) (i64.load (i32.const 16)) (i64.const 8) (i64.const 50)))
            """,
            cluster => cluster.Answers = new TaskCompletionSource().Task);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 9027 }));
    }

    [Test]
    public async Task Queries_find_nodes_once()
    {
        (ExitReason exit, long[] reports, _) = await RunAsync("""
            (call $report32 (call $distributed.exec_lookup_nodes (i32.const 119) (i32.const 6) (i32.const 16) (i32.const 24) (i32.const 32)))
            (call $report32 (i32.load (i32.const 24)))
            (call $report32 (i32.load (i32.const 28)))
            (call $report32 (call $distributed.copy_lookup_nodes_results (i64.load (i32.const 16)) (i32.const 512) (i32.const 5) (i32.const 32)))
            (call $report (i64.load (i32.const 512)))
            (call $report32 (i32.eq (i32.const -1) (call $distributed.copy_lookup_nodes_results (i64.load (i32.const 16)) (i32.const 512) (i32.const 5) (i32.const 32))))
            (call $error.drop (i64.load (i32.const 32)))
            (call $report32 (call $distributed.exec_lookup_nodes (i32.const 125) (i32.const 3) (i32.const 16) (i32.const 24) (i32.const 32)))
            (call $report32 (call $error.string_size (i64.load (i32.const 32))))
            (call $error.drop (i64.load (i32.const 32)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 2, 0, 2, 2, 1, 1, "a bad query".Length }));
    }

    [TestCase("(drop (call $spawn (i64.const 2) (i64.const 40) (i32.const 110) (i32.const 9)))", "it is forbidden")]
    [TestCase("(drop (call $distributed.send (i64.const 2) (i64.const 1)))", "no message")]
    public async Task What_must_not_be_traps(string main, string text)
    {
        (ExitReason exit, _, _) = await RunAsync(main);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain(text));
    }

    [TestCase("(drop (call $spawn (i64.const 2) (i64.const 40) (i32.const 100) (i32.const 5)))")]
    [TestCase("(drop (call $send (i64.const 2) (i64.const 1)))")]
    [TestCase("(drop (call $distributed.exec_lookup_nodes (i32.const 119) (i32.const 6) (i32.const 16) (i32.const 24) (i32.const 32)))")]
    [TestCase("(drop (call $distributed.copy_lookup_nodes_results (i64.const 0) (i32.const 512) (i32.const 5) (i32.const 32)))")]
    public async Task A_runtime_by_itself_traps_where_a_cluster_is_needed(string main)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"{Functions}(func (export \"main\") {main})");
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain("not part of a cluster"));
    }
}
