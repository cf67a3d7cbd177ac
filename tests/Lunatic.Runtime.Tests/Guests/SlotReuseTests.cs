
namespace Lunatic.Runtime.Tests.Guests;

/// <summary>A guest that scans its memory never finds a byte of the guest that had it before.</summary>
[TestFixture]
public sealed class SlotReuseTests
{
    // reports how many of the memory's words, as it is and after growing, are not zero
    private const string Functions = """
        (func $scan (local $at i32) (local $end i64) (local $found i64)
          (local.set $end (i64.mul (i64.extend_i32_u (memory.size)) (i64.const 65536)))
          (loop $next
            (if (i64.ne (i64.load (local.get $at)) (i64.const 0)) (then (local.set $found (i64.add (local.get $found) (i64.const 1)))))
            (br_if $next (i64.lt_u (i64.extend_i32_u (local.tee $at (i32.add (local.get $at) (i32.const 8)))) (local.get $end))))
          (call $tell (local.get $found)))
        (func $grow (if (i32.lt_s (memory.grow (i32.const {1})) (i32.const 0)) (then unreachable)))
        (func (export "scan") (call $scan) (call $grow) (call $scan))
        (func $fill (memory.fill (i32.const 0) (i32.const 0xaa) (i32.mul (memory.size) (i32.const 65536))))
        (func (export "soil") (call $fill) (call $grow) (call $fill) (call $scan))
        (func (export "soil_and_trap") (call $fill) (call $grow) (call $fill) unreachable)
        (func (export "soil_and_wait") (call $fill) (call $grow) (call $fill) (call $tell (i64.const 1)) (call $sleep_ms (i64.const -1)))
        """;

    // the number goes out by a message, so that no byte of the memory is anything but zero
    private const string Module = """
        (module
          (import "lunatic::message" "create_data" (func $create (param i64 i64)))
          (import "lunatic::message" "send" (func $send (param i64) (result i32)))
          (import "lunatic::process" "sleep_ms" (func $sleep_ms (param i64)))
          (memory (export "memory") {0} {2})
          (func $tell (param i64) (call $create (local.get 0) (i64.const 0)) (drop (call $send (i64.const 1))))
        """;

    [TestCase(1, 0, 1, TestName = "A_tiny_slot_is_clean")]
    [TestCase(2, 3, 100, TestName = "A_slot_is_clean")]
    [TestCase(17, 40, 100, TestName = "A_slot_with_more_than_stays_warm_is_clean")]
    [TestCase(17, 1100, 2000, TestName = "A_slot_that_was_left_for_a_bigger_place_is_clean")]
    public async Task Scan(int pages, int growth, int maximum)
    {
        await using var host = new GuestHost(workers: 2);
        var module = LunaticModule.Compile(System.Text.Encoding.UTF8.GetBytes(
            Module.Replace("{0}", $"{pages}").Replace("{2}", $"{maximum}") + Functions.Replace("{1}", $"{growth}") + ")"));
        var told = System.Threading.Channels.Channel.CreateUnbounded<long>();
        LunaticProcess listener = host.Environment.Spawn(async context =>
        {
            while (true)
                await told.Writer.WriteAsync((await context.ReceiveAsync()).Tag);
        });
        Assert.That(listener.Id.LocalId, Is.EqualTo(1), "the guests tell process 1");
        // a round of the big ones scans hundreds of megabytes
        (int rounds, int atOnce) = growth switch { > 1000 => (1, 1), > 20 => (2, 4), _ => (10, 4) };
        for (int round = 0; round < rounds; round++)
        {
            // several at a time, so that the warm slots of both workers are used
            await AllAsync("soil", atOnce);
            for (int i = 0; i < atOnce; i++)
                Assert.That(await NextAsync(), Is.EqualTo((pages + growth) * 8192L), "the scan does not see what is there");
            await AllAsync("soil_and_trap", 2);
            LunaticProcess waiting = await host.Environment.SpawnAsync(module, "soil_and_wait");
            await NextAsync();
            waiting.Kill();
            await GuestHost.WaitForEndAsync(waiting);

            await AllAsync("scan", 2 * atOnce);
            for (int i = 0; i < 4 * atOnce; i++)
                Assert.That(await NextAsync(), Is.Zero, $"words that are not zero, round {round}");
        }
        listener.Kill();

        async Task AllAsync(string function, int count)
        {
            List<LunaticProcess> processes = [];
            for (int i = 0; i < count; i++)
                processes.Add(await host.Environment.SpawnAsync(module, function));
            foreach (LunaticProcess process in processes)
                await GuestHost.WaitForEndAsync(process);
        }

        async Task<long> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await told.Reader.ReadAsync(limit.Token);
        }
    }
}
