using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Process;

[TestFixture]
public sealed class RelationTests
{
    private const string Functions = """
        (data (i32.const 100) "child")
        (func $spawn (result i64)
          (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))
          (i64.load (i32.const 200)))
        (func $receive (param $timeout i64)
          (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (local.get $timeout))))
        (func (export "child") (call $process.sleep_ms (i64.const -1)))
        """;

    [Test]
    public async Task A_link_tells_under_its_last_tag()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main") (local $child i64)
              (call $process.die_when_link_dies (i32.const 0))
              (local.set $child (call $spawn))
              (call $process.link (i64.const 5) (local.get $child))
              (call $process.link (i64.const 6) (local.get $child))
              (call $process.kill (local.get $child))
              (call $receive (i64.const -1))
              (call $report (call $message.get_tag))
              (call $report (call $message.get_process_id))
              (call $report32 (call $process.exists (local.get $child)))
              (call $process.unlink (local.get $child))
              (call $receive (i64.const 1)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 6, 0, 0, 9027 }));
    }

    [Test]
    public async Task An_unlinked_process_hears_nothing()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main") (local $child i64)
              (local.set $child (call $spawn))
              (call $process.link (i64.const 5) (local.get $child))
              (call $process.unlink (local.get $child))
              (call $process.kill (local.get $child))
              (call $receive (i64.const 20)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 9027 }));
    }

    [Test]
    public async Task A_link_to_nobody_kills_or_tells()
    {
        (ExitReason told, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main")
              (call $process.die_when_link_dies (i32.const 0))
              (call $process.link (i64.const 5) (i64.const 999))
              (call $receive (i64.const -1))
              (call $report (call $message.get_tag)))
            """);
        (ExitReason killed, _) = await GuestHost.RunAsync(Functions + """
            (func (export "main") (call $process.link (i64.const 5) (i64.const 999)) (call $process.sleep_ms (i64.const -1)))
            """);
        Assert.That(told, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 5 }));
        Assert.That(killed.Kind, Is.EqualTo(ExitKind.LinkDied));
    }

    [Test]
    public async Task A_link_to_itself_is_harmless()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(Functions + """
            (func (export "main")
              (call $process.link (i64.const 5) (call $process.process_id))
              (call $process.sleep_ms (i64.const 0))
              (call $process.unlink (call $process.process_id)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public async Task A_monitor_tells_once_whatever_the_end_and_at_once_if_nobody_is_there()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main") (local $child i64)
              (local.set $child (call $spawn))
              (call $process.monitor (local.get $child))
              (call $process.monitor (local.get $child))
              (call $process.kill (local.get $child))
              (call $receive (i64.const -1))
              (call $report (call $message.get_process_id))
              (call $report (call $message.get_tag))
              (call $receive (i64.const 1))
              (call $process.monitor (i64.const 999))
              (call $receive (i64.const -1))
              (call $report (call $message.get_process_id)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 2, 2, 0, 9027, 2, 999 }));
    }

    [Test]
    public async Task A_monitor_that_was_given_up_tells_nothing()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main") (local $child i64)
              (local.set $child (call $spawn))
              (call $process.monitor (local.get $child))
              (call $process.stop_monitoring (local.get $child))
              (call $process.stop_monitoring (i64.const 999))
              (call $process.kill (local.get $child))
              (call $receive (i64.const 20)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 9027 }));
    }

    [Test]
    public async Task The_news_of_a_death_can_be_forwarded_but_not_read_as_data()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main")
              (call $process.die_when_link_dies (i32.const 0))
              (call $process.link (i64.const 5) (i64.const 999))
              (call $receive (i64.const -1))
              (drop (call $message.send (call $process.process_id)))
              (call $receive (i64.const -1))
              (call $report (call $message.get_tag))
              (drop (call $message.data_size)))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 1, 1, 5 }));
        Assert.That(exit.Message, Does.Contain("not data but the news that a linked process died"));
    }

    [Test]
    public async Task A_process_that_kills_itself_runs_on_to_its_next_wait()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + """
            (func (export "main")
              (call $process.kill (call $process.process_id))
              (call $process.kill (i64.const 999))
              (call $report (i64.const 1))
              (call $process.sleep_ms (i64.const 0))
              (call $report (i64.const 2)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Killed));
        Assert.That(reports, Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public async Task An_endless_loop_is_killed_and_others_run_meanwhile()
    {
        await using var host = new GuestHost();
        LunaticProcess[] loops =
        [
            await host.SpawnAsync("""(func (export "main") (loop $forever (br $forever)))"""),
            await host.SpawnAsync("""(func (export "main") (loop $forever (br $forever)))"""),
            await host.SpawnAsync("""(func (export "main") (loop $forever (br $forever)))"""),
        ];
        Assert.That(await host.RunMainAsync("""(func (export "main") (call $process.sleep_ms (i64.const 1)))"""), Is.EqualTo(ExitReason.Returned));
        foreach (LunaticProcess loop in loops)
        {
            loop.Kill();
            Assert.That(await GuestHost.WaitForEndAsync(loop), Is.EqualTo(ExitReason.Killed));
        }
    }
}
