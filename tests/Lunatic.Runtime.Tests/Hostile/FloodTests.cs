using Lunatic.Runtime.Tests.Guests;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>Guests that send, spawn, name and schedule more than is good: each has the documented outcome, and the runtime stays as it was.</summary>
[TestFixture]
public sealed class FloodTests
{
    private const string Send = """
        (func $send (param $to i64)
          (call $message.create_data (i64.const 3) (i64.const 0))
          (drop (call $message.write_data (i32.const 0) (i32.const 100)))
          (drop (call $message.send (local.get $to))))
        """;

    // 10,000 messages of 100 bytes for a child that never receives; then the child is asked after
    private const string Flood = Send + """
        (data (i32.const 100) "child")
        (func (export "child") (call $process.sleep_ms (i64.const -1)))
        (func (export "main") (local $i i32)
          (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))
          (loop $next
            (call $send (i64.load (i32.const 200)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $next (i32.lt_u (local.get $i) (i32.const 10000))))
          (call $process.sleep_ms (i64.const 20))
          (call $report32 (call $process.exists (i64.load (i32.const 200)))))
        """;

    [TestCase(MailboxFullPolicy.Reject, 1)]
    [TestCase(MailboxFullPolicy.DropOldest, 1)]
    [TestCase(MailboxFullPolicy.KillReceiver, 0)]
    public async Task A_flood_fills_a_bounded_mailbox_and_no_more(MailboxFullPolicy policy, int childLives)
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxMailboxMessages = 100, MailboxFullPolicy = policy });
        Assert.That(await host.RunMainAsync(Flood), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { childLives }));
        // what the receiver takes over in one go may count twice too little
        Assert.That(host.Environment.UndeliverableMessages, Is.InRange(9_700, 10_000));
    }

    [Test]
    public async Task A_mailbox_is_bounded_by_bytes_too()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxMailboxBytes = 5_000 });
        Assert.That(await host.RunMainAsync(Flood), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Environment.UndeliverableMessages, Is.InRange(9_850, 10_000));
    }

    [Test]
    public async Task A_flood_to_the_dead_and_to_nobody_is_counted()
    {
        await using var host = new GuestHost();
        await host.RunMainAsync(Send + """
            (func (export "main")
              (call $send (i64.const 0)) (call $send (i64.const -1)) (call $send (i64.const 99)) (call $send (i64.const 0x7fffffffffffffff))
              (call $send (i64.const 0x8000000000000000)) (call $send (i64.const 0x100000001)))
            """);
        Assert.That(host.Environment.UndeliverableMessages, Is.EqualTo(6));
    }

    [Test]
    public async Task A_huge_message_arrives_whole()
    {
        // 1,000 times 64,000 bytes, to itself; the last bytes are read back
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main") (local $i i32)
              (call $message.create_data (i64.const 1) (i64.const -1))
              (loop $next
                (i32.store (i32.const 63996) (local.get $i))
                (drop (call $message.write_data (i32.const 0) (i32.const 64000)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $next (i32.lt_u (local.get $i) (i32.const 1000))))
              (drop (call $message.send (i64.const 1)))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report (call $message.data_size))
              (call $message.seek_data (i64.const 63999996))
              (call $report32 (call $message.read_data (i32.const 0) (i32.const -1)))
              unreachable)
            """);
        Assert.That(exit.Message, Does.Contain("length 4294967295 lies outside"));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 64_000_000 }));
    }

    [Test]
    public async Task Timers_with_extreme_delays_can_be_set_and_cancelled_once()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func $later (param $delay i64) (result i64)
              (call $message.create_data (i64.const 1) (i64.const 0))
              (call $timer.send_after (i64.const 1) (local.get $delay)))
            (func (export "main") (local $i i64)
              (call $report (call $later (i64.const -1)))
              (call $report (call $later (i64.const -2)))
              (call $report (call $later (i64.const 0x7fffffffffffffff)))
              (call $report (call $later (i64.const 0x8000000000000000)))
              (call $report (call $later (i64.const 0x4000000000000000)))
              (call $report (call $later (i64.const 0xffffffff)))
              (loop $next
                (call $report32 (call $timer.cancel_timer (local.get $i)))
                (call $report32 (call $timer.cancel_timer (local.get $i)))
                (local.set $i (i64.add (local.get $i) (i64.const 1)))
                (br_if $next (i64.lt_u (local.get $i) (i64.const 6))))
              (call $message.create_data (i64.const 1) (i64.const 0))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const 20))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 1, 2, 3, 4, 5 }.Concat(Enumerable.Repeat(new long[] { 1, 0 }, 6).SelectMany(pair => pair)).Append(9027)));
    }

    [Test]
    public async Task Names_with_odd_bytes_are_names()
    {
        // empty, a zero byte, a line end with a terminal's escape, the last character of Unicode, 60,000 bytes
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 0) "\00\0a\1b[2J\f4\8f\bf\bf////")
            (func $try (param $pointer i32) (param $length i32)
              (call $report32 (call $registry.get (local.get $pointer) (local.get $length) (i32.const 64000) (i32.const 64008)))
              (call $registry.put (local.get $pointer) (local.get $length) (i64.const 0) (call $process.process_id))
              (call $report32 (call $registry.get (local.get $pointer) (local.get $length) (i32.const 64000) (i32.const 64008)))
              (call $registry.remove (local.get $pointer) (local.get $length))
              (call $report32 (call $registry.get (local.get $pointer) (local.get $length) (i32.const 64000) (i32.const 64008))))
            (func (export "main")
              (call $try (i32.const 0) (i32.const 0)) (call $try (i32.const 0) (i32.const 1)) (call $try (i32.const 1) (i32.const 5))
              (call $try (i32.const 6) (i32.const 4)) (call $try (i32.const 0) (i32.const 60000)) (call $try (i32.const 10) (i32.const 4)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(Enumerable.Repeat(new long[] { 1, 0, 1 }, 6).SelectMany(tries => tries)));
    }

    [Test]
    public async Task Guests_reach_the_limit_of_processes_and_are_told()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxProcesses = 10 });
        ExitReason exit = await host.RunMainAsync("""
            (data (i32.const 100) "child")
            (func (export "child") (call $process.sleep_ms (i64.const -1)))
            (func $spawn (result i32) (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))
            (func (export "main") (local $count i64)
              (loop $next
                (local.set $count (i64.add (local.get $count) (i64.const 1)))
                (br_if $next (i32.eqz (call $spawn))))
              (call $report (local.get $count))
              (call $report32 (i32.gt_u (call $error.string_size (i64.load (i32.const 200))) (i32.const 20)))
              (call $report32 (call $spawn)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 10, 1, 1 }));
    }

    [Test]
    public async Task A_tree_of_processes_that_grows_without_end_stops_at_the_limit_and_can_be_cleared_away()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxProcesses = 500 });
        LunaticProcess root = await host.SpawnAsync("""
            (data (i32.const 100) "main")
            (func (export "main")
              (loop $next
                (br_if $next (i32.eqz (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 4) (i32.const 0) (i32.const 0) (i32.const 200)))))
              (call $report (i64.const 1))
              (call $process.sleep_ms (i64.const -1)))
            """);
        await host.WaitForReportsAsync(500);
        Assert.That(host.Environment.ProcessCount, Is.EqualTo(500));
        Assert.That(root.HasEnded, Is.False);
    }

    [Test]
    public async Task A_module_that_asks_for_more_than_there_may_be_compiles_but_does_not_start()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxMemory = 1 << 20 });
        foreach (string module in (string[])["(module (memory 65536) (func (export \"_start\")))", "(module (memory 17) (func (export \"_start\")))", "(module (table 10000000 funcref) (func (export \"_start\")))"])
        {
            LunaticModule compiled = await host.CompileAsync(module);
            Assert.That(async () => await host.Environment.SpawnAsync(compiled), Throws.TypeOf<WasmUninstantiableException>(), module);
        }
        Assert.That(host.Environment.ProcessCount, Is.Zero);
        Assert.That(host.Runtime.GuestMemory.ChargedBytes, Is.Zero);
    }

    [Test]
    public async Task Growing_beyond_a_limit_is_refused_and_nothing_else_happens()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (table $t 10 funcref)
            (func (export "main")
              (call $report32 (memory.grow (i32.const 15)))
              (call $report32 (memory.grow (i32.const 1)))
              (call $report32 (memory.grow (i32.const -1)))
              (call $report32 (memory.grow (i32.const 0)))
              (call $report32 (table.grow $t (ref.null func) (i32.const 99989)))
              (call $report32 (table.grow $t (ref.null func) (i32.const 1)))
              (call $report32 (table.grow $t (ref.null func) (i32.const -1)))
              (call $report32 (table.size $t)))
            """, new EnvironmentOptions { MaxMemory = 1 << 20 });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, uint.MaxValue, uint.MaxValue, 16, 10, uint.MaxValue, uint.MaxValue, 99_999 }));
    }
}
