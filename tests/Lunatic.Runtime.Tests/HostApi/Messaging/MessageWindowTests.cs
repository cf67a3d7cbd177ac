using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Messaging;

/// <summary>Messages that guests write and read piece by piece, of which compiled code does the most part without calls.</summary>
[TestFixture(ExecutionMode.Interpreted)]
[TestFixture(ExecutionMode.Compiled)]
[TestFixture(ExecutionMode.Tiered)]
public sealed class MessageWindowTests(ExecutionMode mode)
{
    // numbers of bytes written and read in the order given, then all over again
    private static readonly int[] Sizes = [1, 8, 1, 1, 3, 8, 16, 1, 40, 1, 1, 1, 300, 1, 8, 1, 5000];

    private static readonly string Pieces = string.Concat(Sizes.Select(size => $"\\{size & 0xFF:x2}\\{size >> 8:x2}\\00\\00"));

    /// <summary>Fills [1000, 9000) with a pattern that goes on from message to message, and sends or reads pieces of changing sizes.</summary>
    private static readonly string Program = $$"""
        (data (i32.const 100) "{{Pieces}}")
        (func $size (param $i i32) (result i32)
          (i32.load (i32.add (i32.const 100) (i32.mul (i32.const 4) (i32.rem_u (local.get $i) (i32.const {{Sizes.Length}}))))))
        (func $fill (param $from i32) (local $i i32)
          (loop $l
            (i32.store8 offset=1000 (local.get $i) (i32.mul (i32.add (local.get $from) (local.get $i)) (i32.const 7)))
            (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5000)))))
        (func $write (param $total i32) (local $done i32) (local $i i32) (local $size i32)
          (call $message.create_data (i64.const 5) (i64.const 0))
          (loop $l
            (call $fill (local.get $done))
            (local.set $size (call $size (local.get $i)))
            (if (i32.ne (call $message.write_data (i32.const 1000) (local.get $size)) (local.get $size)) (then unreachable))
            (local.set $done (i32.add (local.get $done) (local.get $size)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $l (i32.lt_u (local.get $done) (local.get $total))))
          (call $report (i64.sub (call $message.data_size) (i64.extend_i32_u (local.get $done)))))
        (func $check (param $from i32) (param $count i32) (local $i i32)
          (block $end
            (loop $l
              (br_if $end (i32.eq (local.get $i) (local.get $count)))
              (if (i32.ne (i32.load8_u offset=20000 (local.get $i)) (i32.and (i32.const 255) (i32.mul (i32.add (local.get $from) (local.get $i)) (i32.const 7)))) (then unreachable))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $l))))
        (func $read (param $from i32) (result i32) (local $i i32) (local $count i32)
          (call $message.seek_data (i64.extend_i32_u (local.get $from)))
          (loop $l (result i32)
            (local.set $count (call $message.read_data (i32.const 20000) (call $size (i32.add (local.get $i) (i32.const 3)))))
            (call $check (local.get $from) (local.get $count))
            (local.set $from (i32.add (local.get $from) (local.get $count)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $l (local.get $count))
            (local.get $from)))
        """;

    private async Task<(ExitReason Exit, long[] Reports)> RunAsync(string body, EnvironmentOptions? options = null) =>
        await GuestHost.RunAsync($"{Program}\n(func (export \"main\") (local $i i32)\n{body})", options, mode);

    [Test]
    public async Task Pieces_of_all_sizes_make_one_message()
    {
        (ExitReason exit, long[] reports) = await RunAsync("""
            (call $write (i32.const 40000))
            (call $report32 (i32.sub (call $read (i32.const 0)) (i32.wrap_i64 (call $message.data_size))))
            (drop (call $message.send (call $process.process_id)))
            (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
            (call $report32 (i32.sub (call $read (i32.const 0)) (i32.wrap_i64 (call $message.data_size))))
            (call $report32 (i32.sub (call $read (i32.const 777)) (i32.wrap_i64 (call $message.data_size))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 0, 0 }));
    }

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(16)]
    public async Task A_message_is_never_longer_than_allowed(int size)
    {
        (ExitReason exit, long[] reports) = await RunAsync($$"""
            (call $message.create_data (i64.const 5) (i64.const 0))
            (loop $l
              (drop (call $message.write_data (i32.const 1000) (i32.const {{size}})))
              (if (i64.ge_u (i64.extend_i32_u (local.tee $i (i32.add (local.get $i) (i32.const {{size}})))) (i64.const 4999)) (then (call $report32 (local.get $i))))
              (br $l))
            """, new EnvironmentOptions { MaxMessageBytes = 5000 });
        Assert.That(exit.Exception, Is.InstanceOf<LimitExceededException>());
        Assert.That(reports, Is.EqualTo(size == 1 ? new long[] { 4999, 5000 } : size == 8 ? [5000] : []));
    }

    [TestCase("write_data", "i32.const 65536", "i32.const 1")]
    [TestCase("write_data", "i32.const 65529", "i32.const 8")]
    [TestCase("read_data", "i32.const 65536", "i32.const 1")]
    [TestCase("read_data", "i32.const 65529", "i32.const 8")]
    [TestCase("read_data", "i32.const -1", "i32.const 1")]
    public async Task A_bad_pointer_traps_in_the_midst_of_a_message_and_leaves_none(string function, string pointer, string length)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync($$"""
            {{Program}}
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) (call $message.{{function}} ({{pointer}}) ({{length}})))
            (func (export "main") (local $i i32)
              (call $write (i32.const 3000))
              (loop $l
                (drop (call $message.{{function}} (i32.const 2000) (i32.const 1)))
                (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))
              (call $report32 (call $trap.catch (i32.const 0) (i32.const 0)))
              (call $report (call $message.data_size)))
            """, mode: mode);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain("no message"));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0 }));
    }

    [Test]
    public async Task A_message_in_the_making_survives_the_turns_of_others()
    {
        (ExitReason exit, long[] reports) = await RunAsync("""
            (call $write (i32.const 3000))
            (loop $l
              (i32.store8 (i32.const 1000) (local.get $i))
              (drop (call $message.write_data (i32.const 1000) (i32.const 1)))
              (if (i32.eqz (i32.rem_u (local.get $i) (i32.const 50))) (then (call $process.sleep_ms (i64.const 0))))
              (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 500))))
            (call $message.seek_data (i64.sub (call $message.data_size) (i64.const 500)))
            (local.set $i (i32.const 0))
            (loop $l
              (drop (call $message.read_data (i32.const 1000) (i32.const 1)))
              (if (i32.ne (i32.load8_u (i32.const 1000)) (i32.and (local.get $i) (i32.const 255))) (then unreachable))
              (if (i32.eqz (i32.rem_u (local.get $i) (i32.const 50))) (then (call $process.sleep_ms (i64.const 0))))
              (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 500))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0 }));
    }

    [Test]
    public async Task A_process_that_dies_in_the_midst_of_a_message_leaves_nothing_behind()
    {
        (ExitReason exit, _) = await RunAsync("(call $write (i32.const 3000)) (drop (call $message.write_data (i32.const 1000) (i32.const 1))) unreachable");
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
    }
}
