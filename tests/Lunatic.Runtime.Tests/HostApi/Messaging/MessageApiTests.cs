using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Messaging;

[TestFixture]
public sealed class MessageApiTests
{
    [Test]
    public async Task What_was_written_is_read_from_the_read_position_on()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "abcdef")
            (func (export "main")
              (call $message.create_data (i64.const 5) (i64.const 16))
              (call $report32 (call $message.write_data (i32.const 100) (i32.const 6)))
              (call $report (call $message.data_size))
              (call $report (call $message.get_tag))
              (call $report32 (call $message.read_data (i32.const 200) (i32.const 4)))
              (call $report32 (i32.load (i32.const 200)))
              (call $report32 (call $message.read_data (i32.const 200) (i32.const 100)))
              (call $report32 (call $message.read_data (i32.const 200) (i32.const 100)))
              (call $message.seek_data (i64.const 1))
              (call $report32 (call $message.read_data (i32.const 200) (i32.const 1)))
              (call $report32 (i32.load8_u (i32.const 200))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 6, 6, 5, 4, 0x64636261, 2, 0, 1, 'b' }));
    }

    [Test]
    public async Task A_byte_at_a_time_makes_the_same_message()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main") (local $i i32) (local $sum i64)
              (call $message.create_data (i64.const 0) (i64.const 0))
              (loop $write
                (i32.store8 (i32.const 100) (local.get $i))
                (drop (call $message.write_data (i32.const 100) (i32.const 1)))
                (br_if $write (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 70000))))
              (call $report (call $message.data_size))
              (loop $read
                (if (call $message.read_data (i32.const 100) (i32.const 1))
                  (then
                    (local.set $sum (i64.add (local.get $sum) (i64.load8_u (i32.const 100))))
                    (br $read))))
              (call $report (local.get $sum)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 70_000, Enumerable.Range(0, 70_000).Sum(i => i & 0xFF) }));
    }

    [Test]
    public async Task Messages_arrive_in_order_and_by_tag()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "\02\00\00\00\00\00\00\00\03\00\00\00\00\00\00\00")
            (func $send (param $tag i64)
              (call $message.create_data (local.get $tag) (i64.const 0))
              (call $report32 (call $message.send (call $process.process_id))))
            (func $receive (param $tags i32)
              (call $report32 (call $message.receive (i32.const 100) (local.get $tags) (i64.const -1)))
              (call $report (call $message.get_tag)))
            (func (export "main")
              (call $send (i64.const 1)) (call $send (i64.const 2)) (call $send (i64.const 3)) (call $send (i64.const -4))
              (call $receive (i32.const 2)) (call $receive (i32.const 2)) (call $receive (i32.const 0))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report32 (i64.eq (call $message.get_tag) (i64.const -4))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 0, 0, 0, 2, 0, 3, 0, 1, 0, 1 }));
    }

    [Test]
    public async Task A_receive_that_times_out_leaves_the_message_and_the_queue_alone()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "\09\00\00\00\00\00\00\00")
            (func $send (param $tag i64)
              (call $message.create_data (local.get $tag) (i64.const 0))
              (drop (call $message.send (call $process.process_id))))
            (func $receive
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report (call $message.get_tag)))
            (func (export "main")
              (call $message.create_data (i64.const 77) (i64.const 0))
              (call $report32 (call $message.receive (i32.const 100) (i32.const 1) (i64.const 5)))
              (call $report (call $message.get_tag))
              (call $send (i64.const 1)) (call $send (i64.const 9)) (call $send (i64.const 2))
              (call $receive) (call $receive) (call $receive)
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const 0))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 9027, 77, 1, 9, 2, 9027 }));
    }

    [Test]
    public async Task Tag_zero_matches_nothing()
    {
        (_, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main")
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.send (call $process.process_id)))
              (call $report32 (call $message.receive (i32.const 100) (i32.const 1) (i64.const 1)))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (call $report32 (call $message.send_receive_skip_search (call $process.process_id) (i64.const 0) (i64.const 1)))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const 0))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 9027, 9027, 0 }));
    }

    [Test]
    public async Task A_reply_is_waited_for_without_a_look_at_what_was_there_before()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "echo")
            (func $put (param $tag i64) (param $value i32)
              (i32.store (i32.const 300) (local.get $value))
              (call $message.create_data (local.get $tag) (i64.const 0))
              (drop (call $message.write_data (i32.const 300) (i32.const 4))))
            (func (export "echo")
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $put (i64.const 8) (i32.const 42))
              (drop (call $message.send (i64.const 1))))
            (func (export "main")
              (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 100) (i32.const 4) (i32.const 0) (i32.const 0) (i32.const 200)))
              (call $put (i64.const 8) (i32.const 1))
              (drop (call $message.send (call $process.process_id)))
              (call $put (i64.const 7) (i32.const 2))
              (call $report32 (call $message.send_receive_skip_search (i64.load (i32.const 200)) (i64.const 8) (i64.const -1)))
              (drop (call $message.read_data (i32.const 300) (i32.const 4)))
              (call $report32 (i32.load (i32.const 300)))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (drop (call $message.read_data (i32.const 300) (i32.const 4)))
              (call $report32 (i32.load (i32.const 300))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 42, 1 }));
    }

    [Test]
    public async Task A_message_for_nobody_is_dropped_and_counted()
    {
        await using var host = new GuestHost();
        ExitReason exit = await host.RunMainAsync("""
            (func (export "main")
              (call $message.create_data (i64.const 0) (i64.const 0))
              (call $report32 (call $message.send (i64.const 999)))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (call $report32 (call $message.send_receive_skip_search (i64.const -1) (i64.const 5) (i64.const 1))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 0, 9027 }));
        Assert.That(host.Environment.UndeliverableMessages, Is.EqualTo(2));
    }

    [Test]
    public async Task A_forwarded_message_keeps_its_read_position_and_its_modules()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "(module)")
            (func $forward
              (drop (call $message.send (call $process.process_id)))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1))))
            (func (export "main")
              (drop (call $process.compile_module (i32.const 100) (i32.const 8) (i32.const 200)))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.write_data (i32.const 100) (i32.const 8)))
              (call $report (call $message.push_module (i64.load (i32.const 200))))
              (call $report (call $message.push_module (i64.load (i32.const 200))))
              (drop (call $message.read_data (i32.const 300) (i32.const 3)))
              (call $forward)
              (call $report (call $message.take_module (i64.const 0)))
              (call $forward)
              (call $report32 (call $message.read_data (i32.const 300) (i32.const 100)))
              (call $report (call $message.take_module (i64.const 1)))
              (call $process.drop_module (i64.const 0))
              (call $process.drop_module (i64.const 1))
              (call $process.drop_module (i64.const 2)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 1, 1, 5, 2 }));
    }

    private const string Created = "(call $message.create_data (i64.const 0) (i64.const 0))";

    [TestCase("(drop (call $message.write_data (i32.const 0) (i32.const 0)))", "no message")]
    [TestCase("(drop (call $message.read_data (i32.const 0) (i32.const 0)))", "no message")]
    [TestCase("(call $message.seek_data (i64.const 0))", "no message")]
    [TestCase("(drop (call $message.get_tag))", "no message")]
    [TestCase("(drop (call $message.get_process_id))", "no message")]
    [TestCase("(drop (call $message.data_size))", "no message")]
    [TestCase("(drop (call $message.send (i64.const 1)))", "no message")]
    [TestCase("(drop (call $message.send_receive_skip_search (i64.const 1) (i64.const 1) (i64.const -1)))", "no message")]
    [TestCase(Created + "(drop (call $message.write_data (i32.const 65530) (i32.const 7)))", "pointer 0xfffa with length 7 lies outside the memory of 65536 bytes")]
    [TestCase(Created + "(drop (call $message.write_data (i32.const -1) (i32.const 0)))", "pointer 0xffffffff with length 0 lies outside")]
    [TestCase(Created + "(drop (call $message.write_data (i32.const 1) (i32.const -1)))", "with length 4294967295 lies outside")]
    [TestCase(Created + "(drop (call $message.read_data (i32.const 65537) (i32.const 0)))", "lies outside")]
    [TestCase(Created + "(call $message.seek_data (i64.const 1)) (drop (call $message.read_data (i32.const 0) (i32.const 1)))", "read position 1 lies behind")]
    [TestCase(Created + "(call $message.seek_data (i64.const -1)) (drop (call $message.read_data (i32.const 0) (i32.const 1)))", "read position 18446744073709551615")]
    [TestCase("(drop (call $message.receive (i32.const 65535) (i32.const 1) (i64.const 0)))", "with length 8 lies outside")]
    [TestCase("(drop (call $message.receive (i32.const 0) (i32.const 0x20000000) (i64.const 0)))", "with length 4294967296 lies outside")]
    [TestCase(Created + "(drop (call $message.push_module (i64.const 3)))", "lunatic::message::push_module: there is no module with id 3")]
    [TestCase(Created + "(drop (call $message.take_module (i64.const 0)))", "slot 0 of the message holds no module")]
    [TestCase(Created + "(drop (call $message.take_module (i64.const -1)))", "slot 18446744073709551615")]
    [TestCase(Created + "(drop (call $message.push_tcp_stream (i64.const 0)))", "lunatic::message::push_tcp_stream: there is no tcp stream with id 0")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""(func (export "main") {mistake})""");
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain(message));
        Assert.That(exit.Stack, Has.Length.EqualTo(1).Or.Length.EqualTo(2));
    }

    [Test]
    public async Task A_failed_read_leaves_no_message()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32)
              (drop (call $message.read_data (i32.const -1) (i32.const 1)))
              (i32.const 1))
            (func (export "main")
              (call $message.create_data (i64.const 0) (i64.const 0))
              (call $report32 (call $trap.catch (i32.const 0) (i32.const 0)))
              (drop (call $message.data_size)))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 0 }));
        Assert.That(exit.Message, Does.Contain("no message"));
    }

    [Test]
    public async Task A_guest_and_a_native_process_exchange_messages()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main")
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (drop (call $message.read_data (i32.const 100) (i32.const 8)))
              (call $message.create_data (i64.const 4) (i64.const 0))
              (drop (call $message.write_data (i32.const 100) (i32.const 8)))
              (drop (call $message.write_data (i32.const 100) (i32.const 8)))
              (drop (call $message.send (i64.load (i32.const 100)))))
            """);
        var received = new TaskCompletionSource<Message>();
        host.Environment.Spawn(async context =>
        {
            guest.Send(0, BitConverter.GetBytes(context.Self.Id.LocalId));
            received.SetResult(await context.ReceiveAsync(4));
        });
        Message answer = await received.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(answer.Data.Length, Is.EqualTo(16));
        Assert.That(await GuestHost.WaitForEndAsync(guest), Is.EqualTo(ExitReason.Returned));
    }
}
