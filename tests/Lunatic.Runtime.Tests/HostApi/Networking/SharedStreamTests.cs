using System.Net.Sockets;
using Lunatic.Runtime.Tests.Guests;
using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

/// <summary>Streams that several ids and processes hold.</summary>
[TestFixture]
public sealed class SharedStreamTests
{
    // hands a clone of a stream to a child as a message
    private const string Give = """
        (func $give (param $stream i64) (param $child i64)
          (call $message.create_data (i64.const 0) (i64.const 0))
          (call $report (call $message.push_tcp_stream (call $networking.clone_tcp_stream (local.get $stream))))
          (drop (call $message.send (local.get $child))))
        (func $get (result i64)
          (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
          (call $message.take_tcp_stream (i64.const 0)))

        """;

    [Test]
    public async Task A_connection_lives_as_long_as_one_of_its_ids()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main") (local $stream i64) (local $clone i64)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (local.set $clone (call $networking.clone_tcp_stream (local.get $stream)))
              (call $networking.drop_tcp_stream (local.get $stream))
              (call $say (local.get $clone) (i32.const 7))
              (call $report32 (call $hear (local.get $clone)))
              (call $networking.drop_tcp_stream (local.get $clone))
              (call $process.sleep_ms (i64.const -1)))
            """, PortOf(listener));
        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        byte[] buffer = new byte[10];
        Assert.That(await ReadAsync(peer, buffer), Is.EqualTo(4));
        await peer.SendAsync(new byte[] { 9, 0, 0, 0 });
        Assert.That(await host.WaitForReportsAsync(1), Is.EqualTo(new long[] { 9 }));
        Assert.That(await ReadAsync(peer, buffer), Is.Zero, "closed with the last id, though the guest goes on");
        guest.Kill();
        await GuestHost.WaitForEndAsync(guest);
    }

    [Test]
    public async Task A_reader_that_is_killed_takes_no_bytes_along()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync(Give + """
            (data (i32.const 2100) "child")
            (func (export "child") (param i32) (local $stream i64)
              (local.set $stream (call $get))
              (call $report (i64.const 50))
              (drop (call $hear (local.get $stream))))
            (func (export "main") (local $stream i64) (local $child i64)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (local.set $child (call $spawn (i32.const 2100) (i32.const 5) (i32.const 0)))
              (call $give (local.get $stream) (local.get $child))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 100)))
              (call $process.monitor (local.get $child))
              (call $process.kill (local.get $child))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $say (local.get $stream) (i32.const 1))
              (call $report32 (call $hear (local.get $stream))))
            """, PortOf(listener));
        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        byte[] buffer = new byte[10];
        Assert.That(await ReadAsync(peer, buffer), Is.EqualTo(4));
        await peer.SendAsync(new byte[] { 8, 0, 0, 0 });
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports, Is.EqualTo(new long[] { 0, 50, 2, 8 }));
    }

    [Test]
    public async Task Readers_get_their_turn_in_the_order_in_which_they_came()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost(workers: 1);
        LunaticProcess guest = await host.SpawnAsync(Give + """
            (data (i32.const 2100) "child")
            (func (export "child") (param $number i32) (local $stream i64)
              (local.set $stream (call $get))
              (call $report (i64.add (i64.mul (i64.extend_i32_u (local.get $number)) (i64.const 100)) (i64.extend_i32_u (call $hear (local.get $stream))))))
            (func (export "main") (local $stream i64)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (call $give (local.get $stream) (call $spawn (i32.const 2100) (i32.const 5) (i32.const 1)))
              (call $process.sleep_ms (i64.const 20))
              (call $give (local.get $stream) (call $spawn (i32.const 2100) (i32.const 5) (i32.const 2)))
              (call $process.sleep_ms (i64.const 20))
              (call $say (local.get $stream) (i32.const 0)))
            """, PortOf(listener));
        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        Assert.That(await ReadAsync(peer, new byte[4]), Is.EqualTo(4));
        await peer.SendAsync(new byte[] { 1, 0, 0, 0 });
        await host.WaitForReportsAsync(3);
        await peer.SendAsync(new byte[] { 2, 0, 0, 0 });
        await host.WaitForReportsAsync(1);
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports, Is.EqualTo(new long[] { 0, 0, 101, 202 }));
    }

    [Test]
    public async Task A_message_that_is_dropped_closes_the_stream_in_it()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main") (local $stream i64)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.push_tcp_stream (local.get $stream)))
              (drop (call $message.send (i64.const 999)))
              (call $process.sleep_ms (i64.const -1)))
            """, PortOf(listener));
        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        Assert.That(await ReadAsync(peer, new byte[4]), Is.Zero);
        guest.Kill();
        await GuestHost.WaitForEndAsync(guest);
    }

    [TestCase("(drop (call $message.take_tcp_stream (i64.const 0)))", "lunatic::message::take_tcp_stream: slot 0 of the message holds no tcp stream")]
    [TestCase("(drop (call $message.take_tls_stream (i64.const 0)))", "lunatic::message::take_tls_stream: slot 0 of the message holds no tls stream")]
    [TestCase("(drop (call $message.take_udp_socket (i64.const 1)))", "lunatic::message::take_udp_socket: slot 1 of the message holds no udp socket")]
    [TestCase("(drop (call $message.push_tls_stream (i64.const 3)))", "lunatic::message::push_tls_stream: there is no tls stream with id 3")]
    [TestCase("(drop (call $message.push_udp_socket (i64.const 3)))", "lunatic::message::push_udp_socket: there is no udp socket with id 3")]
    public async Task A_slot_of_another_kind_traps(string call, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""(func (export "main") (call $message.create_data (i64.const 0) (i64.const 0)) {call})""");
        Assert.That(exit.Message, Is.EqualTo(message));
    }
}
