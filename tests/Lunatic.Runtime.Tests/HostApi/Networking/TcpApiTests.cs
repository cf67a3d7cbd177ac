using System.Net.Sockets;
using System.Text;
using Lunatic.Runtime.Tests.Guests;
using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

[TestFixture]
public sealed class TcpApiTests
{
    [TestCase(4)]
    [TestCase(6)]
    public async Task Bytes_go_both_ways_and_the_end_is_seen(int family)
    {
        long[] reports = await RunAsync($$"""
            (func (export "main") (local $listener i64) (local $client i64) (local $server i64)
              (local.set $listener (call $bind (i32.const {{family}})))
              (local.set $client (call $connect (i32.const {{family}}) (call $port (local.get $listener))))
              (local.set $server (call $accept (local.get $listener)))
              (call $say (local.get $client) (i32.const 0x31323334))
              (call $report32 (call $hear (local.get $server)))
              (call $say (local.get $server) (i32.const 0x41424344))
              (call $report32 (call $hear (local.get $client)))
              (i64.store (i32.const 512) (i64.const 99))
              (call $report32 (call $networking.tcp_flush (local.get $client) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $networking.drop_tcp_stream (local.get $client))
              (call $report32 (call $read (local.get $server) (i32.const 2048) (i32.const 100)))
              (call $report (i64.load (i32.const 512)))
              (call $networking.drop_tcp_listener (local.get $listener)))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 0x31323334, 0x41424344, 0, 0, 0, 0 }));
    }

    [Test]
    public async Task Beyond_the_number_of_sockets_of_an_environment_there_are_errors_and_what_is_open_works()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxSockets = 3 });
        LunaticProcess process = await host.SpawnAsync(Functions + """
            (func $fails (param $result i32)
              (call $report32 (local.get $result))
              (call $error.drop (i64.load (i32.const 512))))
            (func (export "main") (local $listener i64) (local $client i64) (local $server i64) (local $port i32)
              (local.set $listener (call $bind (i32.const 4)))
              (local.set $port (call $port (local.get $listener)))
              (local.set $client (call $connect (i32.const 4) (local.get $port)))
              (local.set $server (call $accept (local.get $listener)))
              (call $fails (call $networking.tcp_bind (i32.const 4) (call $octets (i32.const 4)) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 512)))
              (call $fails (call $networking.udp_bind (i32.const 4) (call $octets (i32.const 4)) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 512)))
              (call $fails (call $networking.tcp_connect (i32.const 4) (call $octets (i32.const 4)) (local.get $port) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 512)))
              (call $fails (call $networking.tcp_accept (local.get $listener) (i32.const 512) (i32.const 504)))
              (call $say (local.get $client) (i32.const 0x31323334))
              (call $report32 (call $hear (local.get $server))))
            """);
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 1, 1, 1, 1, 0x31323334 }));
    }

    [TestCase(4)]
    [TestCase(6)]
    public async Task Both_ends_know_the_same_addresses(int family)
    {
        long[] reports = await RunAsync($$"""
            (func (export "main") (local $listener i64) (local $port i32) (local $client i64)
              (local.set $listener (call $bind (i32.const {{family}})))
              (local.set $port (call $port (local.get $listener)))
              (local.set $client (call $connect (i32.const {{family}}) (local.get $port)))
              (call $ok (call $networking.tcp_accept (local.get $listener) (i32.const 512) (i32.const 504)) (i32.const 512))
              (call $report32 (i32.ne (call $portOf (i64.load (i32.const 504))) (i32.const 0)))
              (call $report32 (i32.load (i32.const 520)))
              (call $ok (call $networking.tcp_peer_addr (local.get $client) (i32.const 512)) (i32.const 512))
              (call $report32 (i32.eq (call $portOf (i64.load (i32.const 512))) (local.get $port)))
              (call $report32 (i32.load8_u (i32.add (i32.const 528) (i32.const {{(family == 4 ? 3 : 15)}})))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 1, family, 1, 1 }));
    }

    [Test]
    public async Task Buffers_of_one_write_arrive_one_behind_the_other()
    {
        long[] reports = await RunAsync("""
            (data (i32.const 2048) "abcdef")
            (data (i32.const 2100) "\00\08\00\00\02\00\00\00" "\00\00\00\00\00\00\00\00" "\04\08\00\00\02\00\00\00" "\02\08\00\00\01\00\00\00")
            (func (export "main") (local $listener i64) (local $client i64) (local $server i64)
              (local.set $listener (call $bind (i32.const 4)))
              (local.set $client (call $connect (i32.const 4) (call $port (local.get $listener))))
              (local.set $server (call $accept (local.get $listener)))
              (call $report32 (call $networking.tcp_write_vectored (local.get $client) (i32.const 2100) (i32.const 4) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (call $networking.tcp_write_vectored (local.get $client) (i32.const 2100) (i32.const 0) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (call $hear (local.get $server)))
              (call $report32 (call $hear (local.get $server))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 0, 5, 0, 0, 'a' | ('b' << 8) | ('e' << 16) | ('f' << 24), 'c' }));
    }

    [Test]
    public async Task A_look_ahead_leaves_the_bytes()
    {
        long[] reports = await RunAsync("""
            (func (export "main") (local $listener i64) (local $client i64) (local $server i64)
              (local.set $listener (call $bind (i32.const 4)))
              (local.set $client (call $connect (i32.const 4) (call $port (local.get $listener))))
              (local.set $server (call $accept (local.get $listener)))
              (call $networking.set_peek_timeout (local.get $server) (i64.const 1))
              (call $report32 (call $networking.tcp_peek (local.get $server) (i32.const 2048) (i32.const 100) (i32.const 512)))
              (call $networking.set_peek_timeout (local.get $server) (i64.const -1))
              (call $say (local.get $client) (i32.const 0x31323334))
              (call $report32 (call $networking.tcp_peek (local.get $server) (i32.const 2048) (i32.const 100) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (i32.load (i32.const 2048)))
              (call $report32 (call $hear (local.get $server))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 9027, 0, 4, 0x31323334, 0x31323334 }));
    }

    [Test]
    public async Task A_read_that_times_out_writes_nothing_and_loses_nothing()
    {
        long[] reports = await RunAsync("""
            (func (export "main") (local $listener i64) (local $client i64) (local $server i64)
              (local.set $listener (call $bind (i32.const 4)))
              (local.set $client (call $connect (i32.const 4) (call $port (local.get $listener))))
              (local.set $server (call $accept (local.get $listener)))
              (call $report (call $networking.get_read_timeout (local.get $server)))
              (call $networking.set_read_timeout (local.get $server) (i64.const 5))
              (call $report (call $networking.get_read_timeout (call $networking.clone_tcp_stream (local.get $server))))
              (i64.store (i32.const 512) (i64.const 77))
              (call $report32 (call $read (local.get $server) (i32.const 2048) (i32.const 4)))
              (call $report (i64.load (i32.const 512)))
              (call $say (local.get $client) (i32.const 0x31323334))
              (call $networking.set_read_timeout (local.get $server) (i64.const -1))
              (call $report32 (call $hear (local.get $server)))
              (call $networking.set_write_timeout (local.get $server) (i64.const 6))
              (call $report (call $networking.get_write_timeout (local.get $server)))
              (call $report (call $networking.get_peek_timeout (local.get $server))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { long.MaxValue, 5, 9027, 77, 0x31323334, 6, long.MaxValue }));
    }

    [Test]
    public async Task What_is_in_use_or_refuses_is_an_error()
    {
        using Socket taken = Listen();
        var free = Listen();
        int closed = PortOf(free);
        free.Dispose();
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + $$"""
            (func (export "main")
              (call $report32 (call $networking.tcp_bind (i32.const 4) (i32.const 256) (i32.const {{PortOf(taken)}}) (i32.const 0) (i32.const 0) (i32.const 512)))
              (call $error.drop (i64.load (i32.const 512)))
              (call $report32 (call $networking.tcp_connect (i32.const 4) (i32.const 256) (i32.const {{closed}}) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 512)))
              (call $text (i64.load (i32.const 512))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports[..2], Is.EqualTo(new long[] { 1, 1 }));
        Assert.That(TextFrom(reports, 2), Is.EqualTo($"cannot connect to 127.0.0.1:{closed}: Connection refused"));
    }

    [Test]
    public async Task A_connection_that_nobody_answers_times_out()
    {
        using Socket full = Listen(backlog: 0);
        var waiting = new List<(Socket Socket, Task Connected)>();
        do
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            waiting.Add((socket, socket.ConnectAsync(full.LocalEndPoint!)));
        }
        while (waiting.Count < 8);
        long[] reports = await RunAsync($$"""
            (func (export "main")
              (i64.store (i32.const 512) (i64.const 77))
              (call $report32 (call $networking.tcp_connect (i32.const 4) (i32.const 256) (i32.const {{PortOf(full)}}) (i32.const 0) (i32.const 0) (i64.const 30) (i32.const 512)))
              (call $report (i64.load (i32.const 512))))
            """);
        foreach ((Socket socket, _) in waiting)
            socket.Dispose();
        Assert.That(reports, Is.EqualTo(new long[] { 9027, 77 }));
    }

    [Test]
    public async Task A_peer_that_resets_is_an_error_of_the_read()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main") (local $stream i64)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (call $say (local.get $stream) (i32.const 1))
              (call $report (i64.const 5))
              (call $report32 (call $read (local.get $stream) (i32.const 2048) (i32.const 4)))
              (call $text (i64.load (i32.const 512))))
            """, PortOf(listener));
        using (Socket peer = await listener.AcceptAsync().WaitAsync(Patience))
        {
            await host.WaitForReportsAsync(1);
            peer.LingerState = new LingerOption(true, 0);
        }
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports[1], Is.EqualTo(1));
        Assert.That(TextFrom(host.Reports, 2), Is.EqualTo("Connection reset by peer"));
    }

    [Test]
    public async Task A_writer_waits_for_a_peer_that_does_not_read_and_what_it_counted_arrives()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main") (local $stream i64) (local $sum i64) (local $result i32)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (call $networking.set_write_timeout (local.get $stream) (i64.const 50))
              (loop $more
                (local.set $result (call $write (local.get $stream) (i32.const 2048) (i32.const 60000)))
                (if (i32.eqz (local.get $result)) (then
                  (local.set $sum (i64.add (local.get $sum) (i64.load (i32.const 512))))
                  (br $more))))
              (call $report32 (local.get $result))
              (call $report (local.get $sum)))
            """, PortOf(listener));
        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        long[] reports = await host.WaitForReportsAsync(2);
        Assert.That(reports[0], Is.EqualTo(9027));
        byte[] buffer = new byte[1 << 20];
        long received = 0;
        while (await ReadAsync(peer, buffer) is > 0 and int count)
            received += count;
        await host.AssertReturnsAsync(guest);
        Assert.That(received, Is.EqualTo(reports[1]), "bytes that arrived, of those that the guest was told of");
    }

    [Test]
    public async Task What_was_written_last_arrives_though_a_reader_gave_up_before_the_stream_was_dropped()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main") (local $stream i64)
              (local.set $stream (call $connect (i32.const 4) (i32.const PORT)))
              (call $networking.set_read_timeout (local.get $stream) (i64.const 1))
              (drop (call $read (local.get $stream) (i32.const 2048) (i32.const 4)))
              (call $say (local.get $stream) (i32.const 0x64636261)))
            """, PortOf(listener));
        await host.AssertReturnsAsync(guest);
        using Socket peer = await listener.AcceptAsync().WaitAsync(Patience);
        byte[] buffer = new byte[10];
        Assert.That(await ReadAsync(peer, buffer), Is.EqualTo(4));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, 4), Is.EqualTo("abcd"));
        Assert.That(await ReadAsync(peer, buffer), Is.Zero, "the end, no reset");
    }
}
