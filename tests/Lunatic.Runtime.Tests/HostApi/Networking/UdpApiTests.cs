using Lunatic.Runtime.Tests.Guests;
using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

[TestFixture]
public sealed class UdpApiTests
{
    private const string Udp = Functions + """
        (func $open (param $type i32) (result i64)
          (call $ok (call $networking.udp_bind (local.get $type) (call $octets (local.get $type)) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 512)) (i32.const 512))
          (i64.load (i32.const 512)))
        (func $udpPort (param $socket i64) (result i32)
          (call $ok (call $networking.udp_local_addr (local.get $socket) (i32.const 512)) (i32.const 512))
          (call $portOf (i64.load (i32.const 512))))

        """;

    [TestCase(4)]
    [TestCase(6)]
    public async Task Datagrams_arrive_with_their_senders(int family)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Udp + $$"""
            (data (i32.const 2048) "abcdefgh")
            (func (export "main") (local $here i64) (local $there i64)
              (local.set $here (call $open (i32.const {{family}})))
              (local.set $there (call $open (i32.const {{family}})))
              (call $report32 (call $networking.udp_send_to (local.get $there) (i32.const 2048) (i32.const 8)
                (i32.const {{family}}) (call $octets (i32.const {{family}})) (call $udpPort (local.get $here)) (i32.const 0) (i32.const 0) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (call $networking.udp_receive_from (local.get $here) (i32.const 3000) (i32.const 4) (i32.const 512) (i32.const 504)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (i32.load (i32.const 3000)))
              (call $report32 (i32.load (i32.const 3004)))
              (call $report32 (i32.eq (call $portOf (i64.load (i32.const 504))) (call $udpPort (local.get $there))))
              (call $report32 (i32.load (i32.const 520))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 8, 0, 4, 0x64636261, 0, 1, family }), "what does not fit is lost");
    }

    [Test]
    public async Task A_connected_socket_sends_and_receives_also_nothing()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Udp + """
            (data (i32.const 2048) "abcd")
            (func (export "main") (local $here i64) (local $there i64)
              (local.set $here (call $open (i32.const 4)))
              (local.set $there (call $open (i32.const 4)))
              (call $report32 (call $networking.udp_peer_addr (local.get $there) (i32.const 512)))
              (call $error.drop (i64.load (i32.const 512)))
              (call $report32 (call $networking.udp_send (local.get $there) (i32.const 2048) (i32.const 4) (i32.const 512)))
              (call $error.drop (i64.load (i32.const 512)))
              (call $report32 (call $networking.udp_connect (local.get $there) (i32.const 4) (i32.const 256) (call $udpPort (local.get $here)) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (call $networking.udp_peer_addr (local.get $there) (i32.const 512)))
              (call $report32 (i32.eq (call $portOf (i64.load (i32.const 512))) (call $udpPort (local.get $here))))
              (call $report32 (call $networking.udp_send (local.get $there) (i32.const 2048) (i32.const 0) (i32.const 512)))
              (call $report32 (call $networking.udp_send (local.get $there) (i32.const 2048) (i32.const 4) (i32.const 512)))
              (call $report32 (call $networking.udp_receive (local.get $here) (i32.const 3000) (i32.const 100) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (call $networking.udp_receive (local.get $here) (i32.const 3000) (i32.const 0) (i32.const 512)))
              (call $report (i64.load (i32.const 512))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 }));
    }

    [TestCase(4)]
    [TestCase(6)]
    public async Task Settings_belong_to_all_ids_of_a_socket(int family)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Udp + $$"""
            (func (export "main") (local $socket i64) (local $clone i64)
              (local.set $socket (call $open (i32.const {{family}})))
              (local.set $clone (call $networking.clone_udp_socket (local.get $socket)))
              (call $report32 (call $networking.get_udp_socket_broadcast (local.get $socket)))
              (call $networking.set_udp_socket_broadcast (local.get $socket) (i32.const 5))
              (call $networking.set_udp_socket_ttl (local.get $socket) (i32.const 33))
              (call $networking.drop_udp_socket (local.get $socket))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.push_udp_socket (local.get $clone)))
              (local.set $clone (call $message.take_udp_socket (i64.const 0)))
              (call $report32 (call $networking.get_udp_socket_broadcast (local.get $clone)))
              (call $report32 (call $networking.get_udp_socket_ttl (local.get $clone))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 1, 33 }));
    }

    [TestCase(0)]
    [TestCase(256)]
    [TestCase(65_569)]
    public async Task A_number_of_hops_that_the_system_refuses_traps(int hops)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(Udp + $$"""
            (func (export "main") (call $networking.set_udp_socket_ttl (call $open (i32.const 4)) (i32.const {{hops}})))
            """);
        Assert.That(exit.Message, Does.StartWith("lunatic::networking::set_udp_socket_ttl: the system refuses: "));
    }

    [Test]
    public async Task A_receiver_that_waits_for_each_datagram_gets_each()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Udp + """
            (data (i32.const 2100) "child")
            (func (export "child") (param $port i32) (local $socket i64) (local $i i32)
              (local.set $socket (call $open (i32.const 4)))
              (loop $next
                (call $process.sleep_ms (i64.const 5))
                (i32.store (i32.const 3000) (local.get $i))
                (drop (call $networking.udp_send_to (local.get $socket) (i32.const 3000) (i32.const 100)
                  (i32.const 4) (i32.const 256) (local.get $port) (i32.const 0) (i32.const 0) (i32.const 512)))
                (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5)))))
            (func (export "main") (local $socket i64) (local $i i32)
              (local.set $socket (call $open (i32.const 4)))
              (drop (call $spawn (i32.const 2100) (i32.const 5) (call $udpPort (local.get $socket))))
              (loop $next
                (drop (call $networking.udp_receive (local.get $socket) (i32.const 3000) (i32.const 100) (i32.const 512)))
                (call $report32 (i32.load (i32.const 3000)))
                (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5)))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 1, 2, 3, 4 }));
    }

    [Test]
    public async Task A_receiver_waits_and_can_be_killed()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync(Udp + """
            (func (export "main")
              (call $report (i64.const 1))
              (drop (call $networking.udp_receive (call $open (i32.const 4)) (i32.const 3000) (i32.const 100) (i32.const 512))))
            """);
        await host.WaitForReportsAsync(1);
        guest.Kill();
        await GuestHost.WaitForEndAsync(guest);
    }
}
