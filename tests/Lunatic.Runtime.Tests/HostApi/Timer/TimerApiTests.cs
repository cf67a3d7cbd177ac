using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Timer;

[TestFixture]
public sealed class TimerApiTests
{
    [Test]
    public async Task Messages_come_when_their_time_has_come()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func $later (param $tag i64) (param $delay i64)
              (call $message.create_data (local.get $tag) (i64.const 0))
              (call $report (call $timer.send_after (call $process.process_id) (local.get $delay))))
            (func $receive
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report (call $message.get_tag)))
            (func (export "main")
              (call $later (i64.const 1) (i64.const 40))
              (call $later (i64.const 2) (i64.const 0))
              (call $later (i64.const 3) (i64.const 20))
              (call $receive) (call $receive) (call $receive)
              (call $report32 (call $timer.cancel_timer (i64.const 0))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 1, 2, 2, 3, 1, 0 }));
    }

    [Test]
    public async Task A_cancelled_timer_sends_nothing()
    {
        await using var host = new GuestHost();
        ExitReason exit = await host.RunMainAsync("""
            (func (export "main")
              (call $message.create_data (i64.const 1) (i64.const 0))
              (drop (call $timer.send_after (call $process.process_id) (i64.const 0x4000000000000000)))
              (call $report32 (call $timer.cancel_timer (i64.const 0)))
              (call $report32 (call $timer.cancel_timer (i64.const 0)))
              (call $report32 (call $timer.cancel_timer (i64.const 12)))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const 0))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 1, 0, 0, 9027 }));
        Assert.That(host.Runtime.Timers.Count, Is.Zero);
    }

    [Test]
    public async Task A_timer_outlives_its_creator()
    {
        await using var host = new GuestHost();
        LunaticProcess receiver = await host.SpawnAsync("""
            (func (export "main")
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report (call $message.get_tag)))
            """);
        ExitReason exit = await host.RunMainAsync($$"""
            (func (export "main")
              (call $message.create_data (i64.const 6) (i64.const 0))
              (drop (call $timer.send_after (i64.const {{receiver.Id.LocalId}}) (i64.const 20))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(await GuestHost.WaitForEndAsync(receiver), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 6 }));
    }

    [Test]
    public async Task An_unknown_receiver_gets_nothing_and_is_no_mistake()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main")
              (call $message.create_data (i64.const 1) (i64.const 0))
              (call $report (call $timer.send_after (i64.const 999) (i64.const 0))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0 }));
    }

    [Test]
    public async Task A_timer_ends_with_its_receiver_but_can_be_cancelled_until_its_time_comes()
    {
        await using var host = new GuestHost();
        LunaticProcess receiver = await host.SpawnAsync("""(func (export "main") (call $process.sleep_ms (i64.const -1)))""");
        LunaticProcess creator = await host.SpawnAsync($$"""
            (func $later (param $receiver i64) (param $delay i64)
              (call $message.create_data (i64.const 1) (i64.const 0))
              (drop (call $timer.send_after (local.get $receiver) (local.get $delay))))
            (func (export "main")
              (call $later (i64.const {{receiver.Id.LocalId}}) (i64.const 0x4000000000000000))
              (call $later (i64.const {{receiver.Id.LocalId}}) (i64.const 1000000))
              (call $later (i64.const 999) (i64.const 1000000))
              (call $later (i64.const 999) (i64.const 0))
              (call $report (i64.const 7))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $process.sleep_ms (i64.const 1))
              (call $report32 (call $timer.cancel_timer (i64.const 1)))
              (call $report32 (call $timer.cancel_timer (i64.const 1)))
              (call $report32 (call $timer.cancel_timer (i64.const 2)))
              (call $report32 (call $timer.cancel_timer (i64.const 3))))
            """);
        await host.WaitForReportsAsync(1);
        Assert.That(host.Runtime.Timers.Count, Is.EqualTo(2));
        receiver.Kill();
        await GuestHost.WaitForEndAsync(receiver);
        Assert.That(host.Runtime.Timers.Count, Is.Zero);
        creator.Send(1, []);
        await GuestHost.WaitForEndAsync(creator);
        Assert.That(host.Reports, Is.EqualTo(new long[] { 7, 1, 0, 1, 0 }));
    }

    [Test]
    public async Task A_timer_without_a_message_traps()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync("""(func (export "main") (drop (call $timer.send_after (i64.const 1) (i64.const 0))))""");
        Assert.That(exit.Message, Does.Contain("no message"));
    }
}
