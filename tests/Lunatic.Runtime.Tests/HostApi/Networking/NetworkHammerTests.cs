using System.Net.Sockets;
using Lunatic.Runtime.Tests.Guests;
using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

/// <summary>Many processes that accept, connect, read, write, hand streams on and are killed meanwhile, over two workers. Everything is closed at the end.</summary>
[TestFixture]
public sealed class NetworkHammerTests
{
    private const int Clients = 400;

    // one process per connection, which sends back what it gets
    private const string Server = """
        (data (i32.const 2100) "serve")
        (func (export "serve") (param i32) (local $stream i64) (local $count i32) (local $from i32)
          (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
          (local.set $stream (call $message.take_tcp_stream (i64.const 0)))
          (loop $more
            (if (call $read (local.get $stream) (i32.const 4096) (i32.const 4096)) (then (return)))
            (if (i32.eqz (local.tee $count (i32.load (i32.const 512)))) (then (return)))
            (local.set $from (i32.const 4096))
            (loop $rest
              (if (call $write (local.get $stream) (local.get $from) (local.get $count)) (then (return)))
              (local.set $from (i32.add (local.get $from) (i32.load (i32.const 512))))
              (br_if $rest (local.tee $count (i32.sub (local.get $count) (i32.load (i32.const 512))))))
            (br $more)))
        (func $serve (param $listener i64) (result i64) (local $stream i64) (local $child i64)
          (local.set $stream (call $accept (local.get $listener)))
          (local.set $child (call $spawn (i32.const 2100) (i32.const 5) (i32.const 0)))
          (call $message.create_data (i64.const 0) (i64.const 0))
          (drop (call $message.push_tcp_stream (local.get $stream)))
          (drop (call $message.send (local.get $child)))
          (local.get $child))

        """;

    [Test]
    public async Task Hundreds_of_clients_get_back_what_they_send()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync(Functions + Server + """
            (func (export "main") (local $listener i64)
              (local.set $listener (call $bind (i32.const 4)))
              (call $report32 (call $port (local.get $listener)))
              (loop $next
                (drop (call $serve (local.get $listener)))
                (br $next)))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => TalkAsync(port, number)));
        guest.Kill();
        await GuestHost.WaitForEndAsync(guest);
    }

    [Test]
    public async Task Servers_that_are_killed_in_the_middle_close_what_they_held()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync(Functions + Server + """
            (func (export "main") (local $listener i64) (local $child i64)
              (local.set $listener (call $bind (i32.const 4)))
              (call $report32 (call $port (local.get $listener)))
              (loop $next
                (local.set $child (call $serve (local.get $listener)))
                (if (i32.wrap_i64 (i64.and (local.get $child) (i64.const 1))) (then (call $process.kill (local.get $child))))
                (br $next)))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        int[] outcomes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => TryTalkAsync(port, number)));
        Assert.That(outcomes.Count(static outcome => outcome == 1), Is.GreaterThanOrEqualTo(Clients / 4), "clients whose server lived");
        Assert.That(outcomes.Count(static outcome => outcome == 0), Is.GreaterThanOrEqualTo(Clients / 4), "clients whose server was killed, and who saw it");
        guest.Kill();
        await GuestHost.WaitForEndAsync(guest);
    }

    [Test]
    public async Task Guests_connect_to_each_other_while_others_are_killed()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync(Functions + Server + """
            (data (i32.const 2110) "client")
            (func (export "client") (param $port i32) (local $stream i64)
              (local.set $stream (call $connect (i32.const 4) (local.get $port)))
              (call $networking.set_read_timeout (local.get $stream) (i64.const 10000))
              (call $say (local.get $stream) (i32.const 3))
              (if (i32.eqz (call $read (local.get $stream) (i32.const 2048) (i32.const 4))) (then
                (if (i64.eq (i64.load (i32.const 512)) (i64.const 4)) (then (call $report (i64.const 1)) (return)))))
              (call $report (i64.const 2)))
            (func (export "main") (local $listener i64) (local $port i32) (local $i i32) (local $child i64)
              (local.set $listener (call $bind (i32.const 4)))
              (local.set $port (call $port (local.get $listener)))
              (loop $next
                (drop (call $spawn (i32.const 2110) (i32.const 6) (local.get $port)))
                (local.set $child (call $serve (local.get $listener)))
                (if (i32.eqz (i32.rem_u (local.get $i) (i32.const 5))) (then (call $process.kill (local.get $child))))
                (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 300)))))
            """);
        long[] reports = await host.WaitForReportsAsync(300);
        await host.AssertReturnsAsync(guest);
        Assert.That(reports.Count(static report => report == 1), Is.GreaterThanOrEqualTo(240), "clients that were answered");
    }

    private static async Task TalkAsync(long port, int number) => Assert.That(await TryTalkAsync(port, number), Is.EqualTo(1), $"client {number}");

    /// <summary>Sends three messages and reads them back: 1; 0, the connection was closed before.</summary>
    private static async Task<int> TryTalkAsync(long port, int number)
    {
        try
        {
            using Socket socket = await ConnectAsync(port);
            byte[] sent = new byte[1 + (number * 37 % 9000)];
            byte[] received = new byte[sent.Length];
            for (int round = 0; round < 3; round++)
            {
                new Random(number + round).NextBytes(sent);
                await socket.SendAsync(sent).WaitAsync(Patience);
                for (int length = 0; length < sent.Length;)
                {
                    int count = await socket.ReceiveAsync(received.AsMemory(length)).AsTask().WaitAsync(Patience);
                    if (count == 0)
                        return 0;
                    length += count;
                }
                Assert.That(received, Is.EqualTo(sent), $"client {number}");
            }
            return 1;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
