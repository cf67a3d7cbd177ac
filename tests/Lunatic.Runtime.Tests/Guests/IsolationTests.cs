
namespace Lunatic.Runtime.Tests.Guests;

/// <summary>No guest keeps others, or the host, from their work.</summary>
[TestFixture]
public sealed class IsolationTests
{
    private const string Forever = """(module (func (export "_start") (loop $forever (br $forever))))""";

    private const string Ticks = """(func (export "ticks") (loop $forever (call $report (i64.const 0)) (call $process.sleep_ms (i64.const 0)) (br $forever)))""";

    [TestCase(1)]
    [TestCase(2)]
    public async Task An_endless_loop_is_killed_within_two_slices(int others)
    {
        await using var guests = new SteppedGuests(everySite: false);
        LunaticModule module = guests.Compile(Forever);
        LunaticProcess[] all = [.. Enumerable.Range(0, others).Select(_ => guests.Spawn(module))];
        for (int i = 0; i < 10; i++)
            Assert.That(guests.RunSlice(), Is.True);
        foreach (LunaticProcess process in all)
            process.Kill();
        long before = guests.Slices;
        guests.RunUntilIdle();
        Assert.That(all, Has.All.Property(nameof(LunaticProcess.HasEnded)).True);
        Assert.That(guests.Slices - before, Is.LessThanOrEqualTo(2 * others));
    }

    [Test]
    public async Task An_endless_loop_on_the_only_worker_stops_nobody()
    {
        await using var host = new GuestHost(workers: 1);
        LunaticModule module = await host.CompileAsync(Forever);
        LunaticProcess[] loops = [await host.Environment.SpawnAsync(module), await host.Environment.SpawnAsync(module)];
        LunaticProcess ticks = await host.SpawnAsync(Ticks, "ticks");
        LunaticProcess native = host.Environment.Spawn(async context =>
        {
            while (true)
            {
                Message message = await context.ReceiveAsync();
                context.Reply(message, message.Data);
            }
        });
        await host.WaitForReportsAsync(20);
        for (int i = 0; i < 5; i++)
            Assert.That(await native.RequestAsync([(byte)i], TimeSpan.FromSeconds(30)), Is.EqualTo(new[] { (byte)i }));
        Assert.That(loops.Any(loop => loop.HasEnded), Is.False);
        foreach (LunaticProcess process in (LunaticProcess[])[.. loops, ticks])
        {
            process.Kill();
            Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Killed));
        }
    }

    [TestCase("(memory.fill (i32.const 0x10000) (i32.const 1) (i32.const 0x40000000))")]
    [TestCase("(memory.copy (i32.const 0x10000) (i32.const 0x20000) (i32.const 0x3fff0000))")]
    public async Task A_bulk_operation_on_a_gigabyte_lets_others_go_on(string operation)
    {
        await using var host = new GuestHost(workers: 1);
        LunaticProcess ticks = await host.SpawnAsync(Ticks, "ticks");
        await host.WaitForReportsAsync(1);
        ExitReason exit = await host.RunMainAsync($"""
            (func (export "main")
              (if (i32.ne (memory.grow (i32.const 16384)) (i32.const 1)) (then unreachable))
              (call $report (i64.const 1))
              {operation}
              (call $report (i64.const 2)))
            """);
        ticks.Kill();
        await GuestHost.WaitForEndAsync(ticks);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        long[] reports = host.Reports;
        int between = Array.IndexOf(reports, 2L) - Array.IndexOf(reports, 1L);
        Assert.That(between, Is.GreaterThan(10));
    }

    [TestCase("(memory.fill (i32.const 0) (i32.const 1) (i32.const 0x10000000))")]
    [TestCase("(memory.copy (i32.const 0) (i32.const 0x10000) (i32.const 0x10000000))")]
    [TestCase("(memory.copy (i32.const 0x10000) (i32.const 0) (i32.const 0x10000000))")]
    public async Task A_bulk_operation_ends_its_slice_after_each_megabyte(string operation)
    {
        await using var guests = new SteppedGuests(everySite: false);
        ExitReason exit = guests.RunToEnd(guests.Compile($"""(module (memory 4097) (func (export "_start") {operation}))""")).Reason;
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(guests.Slices, Is.GreaterThanOrEqualTo(256));
    }

    [Test]
    public async Task A_bulk_operation_is_killed_before_it_is_through()
    {
        await using var host = new GuestHost(workers: 1);
        LunaticProcess process = await host.SpawnAsync("""
            (func (export "main")
              (drop (memory.grow (i32.const 16384)))
              (call $report (i64.const 1))
              (loop $forever (memory.fill (i32.const 0x10000) (i32.const 1) (i32.const 0x40000000)) (br $forever)))
            """);
        await host.WaitForReportsAsync(1);
        process.Kill();
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Killed));
    }
}
