using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

/// <summary>Functions for guests that use sockets, and peers of theirs. What ought to succeed and does not is reported as -1 (the counter makes it the largest number), result and text of the error.</summary>
internal static class NetworkGuest
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// <c>$bind</c>, <c>$port</c>, <c>$connect</c>, <c>$accept</c>, <c>$write</c>, <c>$read</c>, <c>$say</c> (a string of 4 bytes), <c>$text</c> (reports an error's text),
    /// <c>$spawn</c> (function name at an address, one i32). Uses the memory from 256 to 2047.
    /// </summary>
    public const string Functions = """
        (data (i32.const 256) "\7f\00\00\01")
        (data (i32.const 272) "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\01")
        (func $octets (param $type i32) (result i32) (select (i32.const 256) (i32.const 272) (i32.eq (local.get $type) (i32.const 4))))
        (func $text (param $id i64) (local $i i32) (local $size i32)
          (local.set $size (call $error.string_size (local.get $id)))
          (call $error.to_string (local.get $id) (i32.const 1024))
          (call $error.drop (local.get $id))
          (loop $next
            (if (i32.lt_u (local.get $i) (local.get $size)) (then
              (call $report32 (i32.load8_u (i32.add (i32.const 1024) (local.get $i))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $next)))))
        (func $ok (param $result i32) (param $pointer i32)
          (if (local.get $result) (then
            (call $report (i64.const -1))
            (call $report32 (local.get $result))
            (if (i32.eq (local.get $result) (i32.const 1)) (then (call $text (i64.load (local.get $pointer)))))
            unreachable)))
        (func $portOf (param $addresses i64) (result i32)
          (call $ok (call $networking.resolve_next (local.get $addresses) (i32.const 520) (i32.const 528) (i32.const 544) (i32.const 548) (i32.const 552)) (i32.const 512))
          (call $networking.drop_dns_iterator (local.get $addresses))
          (i32.load16_u (i32.const 544)))
        (func $bind (param $type i32) (result i64)
          (call $ok (call $networking.tcp_bind (local.get $type) (call $octets (local.get $type)) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 512)) (i32.const 512))
          (i64.load (i32.const 512)))
        (func $port (param $listener i64) (result i32)
          (call $ok (call $networking.tcp_local_addr (local.get $listener) (i32.const 512)) (i32.const 512))
          (call $portOf (i64.load (i32.const 512))))
        (func $connect (param $type i32) (param $port i32) (result i64)
          (call $ok
            (call $networking.tcp_connect (local.get $type) (call $octets (local.get $type)) (local.get $port) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 512))
            (i32.const 512))
          (i64.load (i32.const 512)))
        (func $accept (param $listener i64) (result i64)
          (call $ok (call $networking.tcp_accept (local.get $listener) (i32.const 512) (i32.const 504)) (i32.const 512))
          (call $networking.drop_dns_iterator (i64.load (i32.const 504)))
          (i64.load (i32.const 512)))
        (func $write (param $stream i64) (param $pointer i32) (param $length i32) (result i32)
          (i32.store (i32.const 560) (local.get $pointer))
          (i32.store (i32.const 564) (local.get $length))
          (call $networking.tcp_write_vectored (local.get $stream) (i32.const 560) (i32.const 1) (i32.const 512)))
        (func $read (param $stream i64) (param $pointer i32) (param $length i32) (result i32)
          (call $networking.tcp_read (local.get $stream) (local.get $pointer) (local.get $length) (i32.const 512)))
        (func $say (param $stream i64) (param $word i32)
          (i32.store (i32.const 568) (local.get $word))
          (call $ok (call $write (local.get $stream) (i32.const 568) (i32.const 4)) (i32.const 512)))
        (func $hear (param $stream i64) (result i32)
          (i32.store (i32.const 572) (i32.const 0))
          (call $ok (call $read (local.get $stream) (i32.const 572) (i32.const 4)) (i32.const 512))
          (i32.load (i32.const 572)))
        (func $spawn (param $name i32) (param $length i32) (param $argument i32) (result i64)
          (i32.store8 (i32.const 600) (i32.const 0x7f))
          (i32.store (i32.const 601) (local.get $argument))
          (call $ok
            (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1) (local.get $name) (local.get $length) (i32.const 600) (i32.const 17) (i32.const 512))
            (i32.const 512))
          (i64.load (i32.const 512)))

        """;

    /// <summary>Runs "main" of a guest with these functions; fails unless it returns.</summary>
    public static async Task<long[]> RunAsync(string fields)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(Functions + fields);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned), () => Explain(reports));
        return reports;
    }

    /// <summary>Starts "main" of a guest with these functions.</summary>
    public static Task<LunaticProcess> SpawnAsync(this GuestHost host, string fields, int port) =>
        host.SpawnAsync(Functions + fields.Replace("PORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>Waits for the end of a guest; fails unless it returns.</summary>
    public static async Task AssertReturnsAsync(this GuestHost host, LunaticProcess process)
    {
        ExitReason exit = await GuestHost.WaitForEndAsync(process);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned), () => Explain(host.Reports));
    }

    /// <summary>The text whose letters were reported from a place on.</summary>
    public static string TextFrom(long[] reports, int start) => Encoding.UTF8.GetString([.. reports[start..].Select(letter => (byte)letter)]);

    /// <summary>A socket of the test that listens.</summary>
    public static Socket Listen(int backlog = 100)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(backlog);
        return socket;
    }

    public static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>A socket of the test that is connected.</summary>
    public static async Task<Socket> ConnectAsync(long port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, (int)port)).WaitAsync(Patience);
        return socket;
    }

    public static async Task<int> ReadAsync(Socket socket, byte[] buffer) => await socket.ReceiveAsync(buffer.AsMemory()).AsTask().WaitAsync(Patience);

    private static string Explain(long[] reports)
    {
        int failure = Array.IndexOf(reports, long.MaxValue);
        return failure < 0 ? string.Join(", ", reports) : $"{string.Join(", ", reports[..(failure + 2)])}: {TextFrom(reports, failure + 2)}";
    }
}
