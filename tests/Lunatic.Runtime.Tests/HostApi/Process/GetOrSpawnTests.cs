using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Process;

[TestFixture]
public sealed class GetOrSpawnTests
{
    private const string Functions = """
        (data (i32.const 100) "child")
        (data (i32.const 110) "name")
        (func $get_or_spawn
          (i64.store (i32.const 200) (i64.const -1))
          (call $report32 (call $process.get_or_spawn (i32.const 110) (i32.const 4) (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5)
            (i32.const 0) (i32.const 0) (i32.const 200) (i32.const 208)))
          (call $report (i64.load (i32.const 200)))
          (call $report (i64.load (i32.const 208))))
        """;

    [Test]
    public async Task The_first_call_spawns_and_the_next_ones_find()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "child") (call $process.sleep_ms (i64.const -1)))
            (func (export "main") (call $get_or_spawn) (call $get_or_spawn))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 2, 2, 0, 2 }));
    }

    [Test]
    public async Task The_name_of_a_process_that_has_ended_is_free_again()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "child"))
            (func (export "main")
              (call $get_or_spawn)
              (call $process.monitor (i64.load (i32.const 208)))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $get_or_spawn))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 2, 0, 0, 3 }));
    }

    [Test]
    public async Task Two_that_ask_at_once_get_one_process()
    {
        await using var host = new GuestHost();
        await host.RunMainAsync(Functions + """
            (data (i32.const 120) "asker")
            (start $begin)
            (func $begin (call $process.sleep_ms (i64.const 20)))
            (func (export "child") (call $process.sleep_ms (i64.const -1)))
            (func (export "asker") (call $get_or_spawn))
            (func $ask (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 120) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 208))))
            (func (export "main") (call $ask) (call $ask))
            """);
        long[] reports = await host.WaitForReportsAsync(6);
        Assert.That(reports.Count(value => value == 2), Is.EqualTo(1), "one of the two found what the other had spawned");
        Assert.That(host.Environment.FindProcess("name"), Is.Not.Null);
    }

    [Test]
    public async Task A_failed_spawn_gives_the_name_back_and_an_error()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "child"))
            (func (export "main")
              (call $get_or_spawn)
              (call $report32 (call $registry.get (i32.const 110) (i32.const 4) (i32.const 200) (i32.const 208)))
              (call $error.drop (i64.const 0)))
            """, new EnvironmentOptions { MaxProcesses = 1 });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 0, 0, 1 }));
    }

    [Test]
    public async Task A_trap_gives_the_name_back()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) (call $get_or_spawn) (i32.const 1))
            (func (export "main")
              (drop (call $trap.catch (i32.const 0) (i32.const 0)))
              (call $report32 (call $registry.get (i32.const 110) (i32.const 4) (i32.const 200) (i32.const 208)))
              (call $get_or_spawn))
            """, new EnvironmentOptions { CanSpawnProcesses = false });
        Assert.That(exit.Message, Does.Contain("may not spawn"));
        Assert.That(reports, Is.EqualTo(new long[] { 1 }));
    }
}
