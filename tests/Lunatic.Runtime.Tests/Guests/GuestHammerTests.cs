namespace Lunatic.Runtime.Tests.Guests;

/// <summary>Guests that spawn, link, watch, kill, trap, wait with timeouts and run away, over two workers. At the end each is accounted for.</summary>
[TestFixture]
public sealed class GuestHammerTests
{
    private const int Children = 300;

    // children know what to do by a number: return, trap, wait for ever, run for ever, wait a little, spawn a linked child and trap
    private static readonly string Guests = $$"""
        (data (i32.const 100) "child")
        (global $seed (mut i64) (i64.const 0))
        (func $random (param $below i64) (result i64)
          (global.set $seed (i64.add (i64.mul (global.get $seed) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
          (i64.rem_u (i64.shr_u (global.get $seed) (i64.const 33)) (local.get $below)))
        (func $spawn (param $link i64) (param $what i32) (result i64)
          (i32.store8 (i32.const 500) (i32.const 0x7f))
          (i32.store (i32.const 501) (local.get $what))
          (i64.store (i32.const 509) (i64.const 0))
          (drop (call $process.spawn
            (local.get $link) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 500) (i32.const 17) (i32.const 600)))
          (i64.load (i32.const 600)))
        (func (export "child") (param $what i32)
          (if (i32.eq (local.get $what) (i32.const 0)) (then (return)))
          (if (i32.eq (local.get $what) (i32.const 1)) (then unreachable))
          (if (i32.eq (local.get $what) (i32.const 2)) (then (call $process.sleep_ms (i64.const -1))))
          (if (i32.eq (local.get $what) (i32.const 3)) (then (loop $forever (br $forever))))
          (if (i32.eq (local.get $what) (i32.const 4)) (then (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 2))) (return)))
          (drop (call $spawn (i64.const 9) (i32.const 2)))
          (call $process.sleep_ms (i64.const 1))
          unreachable)
        (func $pick (result i64)
          (i64.load (i32.add (i32.const 1000) (i32.mul (i32.const 8) (i32.wrap_i64 (call $random (i64.const {{Children}})))))))
        (func (export "main") (param $number i64) (local $i i32) (local $child i64) (local $dead i64) (local $kind i32)
          (global.set $seed (local.get $number))
          (call $process.die_when_link_dies (i32.const 0))
          (loop $next
            (local.set $child (call $spawn (call $random (i64.const 2)) (i32.wrap_i64 (call $random (i64.const 6)))))
            (i64.store (i32.add (i32.const 1000) (i32.mul (local.get $i) (i32.const 8))) (local.get $child))
            (call $process.monitor (local.get $child))
            (if (i64.eqz (call $random (i64.const 3))) (then (call $process.kill (call $pick))))
            (if (i64.eqz (call $random (i64.const 3))) (then (call $process.link (i64.const 3) (call $pick))))
            (if (i64.eqz (call $random (i64.const 3))) (then (call $process.unlink (call $pick))))
            (if (i64.eqz (call $random (i64.const 3))) (then
              (call $message.create_data (i64.const 4) (i64.const 0))
              (drop (call $message.send (call $pick)))))
            (if (i64.eqz (call $random (i64.const 50))) (then
              (if (i32.eq (call $message.receive (i32.const 0) (i32.const 0) (i64.const 1)) (i32.const 2)) (then
                (local.set $dead (i64.add (local.get $dead) (i64.const 1)))))))
            (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {{Children}}))))
          (local.set $i (i32.const 0))
          (loop $kill
            (call $process.kill (i64.load (i32.add (i32.const 1000) (i32.mul (local.get $i) (i32.const 8)))))
            (br_if $kill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {{Children}}))))
          (loop $hear
            (local.set $kind (call $message.receive (i32.const 0) (i32.const 0) (i64.const 10000)))
            (if (i32.eq (local.get $kind) (i32.const 2)) (then (local.set $dead (i64.add (local.get $dead) (i64.const 1)))))
            (br_if $hear (i32.and (i32.ne (local.get $kind) (i32.const 9027)) (i64.lt_u (local.get $dead) (i64.const {{Children}})))))
          ;; more news than deaths would come now
          (loop $more
            (local.set $kind (call $message.receive (i32.const 0) (i32.const 0) (i64.const 1)))
            (if (i32.eq (local.get $kind) (i32.const 2)) (then (local.set $dead (i64.add (local.get $dead) (i64.const 1)))))
            (br_if $more (i32.ne (local.get $kind) (i32.const 9027))))
          (call $report (local.get $dead)))
        """;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Every_process_ends_and_is_told_of_once(int seed)
    {
        const int Roots = 6;
        await using var host = new GuestHost(workers: 2);
        var module = await host.CompileAsync(GuestModule.Write(Guests));
        List<LunaticProcess> roots = [];
        for (int i = 0; i < Roots; i++)
            roots.Add(await host.Environment.SpawnAsync(module, "main", (long)((seed * 100) + i)));
        foreach (LunaticProcess root in roots)
            Assert.That(await GuestHost.WaitForEndAsync(root), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(Enumerable.Repeat((long)Children, Roots)));
        // grandchildren die with their parents
        foreach (LunaticProcess process in host.Environment.Processes)
            Assert.That((await GuestHost.WaitForEndAsync(process)).Kind, Is.EqualTo(ExitKind.LinkDied));
    }
}
