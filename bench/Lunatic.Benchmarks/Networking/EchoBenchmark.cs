using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lunatic.Benchmarks.Framework;
using Lunatic.Runtime;

namespace Lunatic.Benchmarks.Networking;

/// <summary>TCP echo through guest processes, one per connection, beside an echo server in plain C#, in this process, with the same clients.</summary>
internal sealed class EchoBenchmark : Benchmark
{
    private const int Rounds = 7;
    private const int Requests = 40_000;
    private const int Bytes = 64;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    // listens at the port that it is given; each connection is a process that sends back what it gets
    private const string Server = """
        (module
          (import "lunatic::networking" "tcp_bind" (func $bind (param i32 i32 i32 i32 i32 i32) (result i32)))
          (import "lunatic::networking" "tcp_accept" (func $accept (param i64 i32 i32) (result i32)))
          (import "lunatic::networking" "tcp_read" (func $read (param i64 i32 i32 i32) (result i32)))
          (import "lunatic::networking" "tcp_write_vectored" (func $write (param i64 i32 i32 i32) (result i32)))
          (import "lunatic::networking" "drop_dns_iterator" (func $forget (param i64)))
          (import "lunatic::message" "create_data" (func $create (param i64 i64)))
          (import "lunatic::message" "push_tcp_stream" (func $push (param i64) (result i64)))
          (import "lunatic::message" "take_tcp_stream" (func $take (param i64) (result i64)))
          (import "lunatic::message" "send" (func $send (param i64) (result i32)))
          (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
          (import "lunatic::process" "spawn" (func $spawn (param i64 i64 i64 i32 i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\7f\00\00\01serve")
          (func (export "listen") (param $port i32)
            (if (call $bind (i32.const 4) (i32.const 0) (local.get $port) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
            (loop $next
              (if (call $accept (i64.load (i32.const 16)) (i32.const 24) (i32.const 32)) (then unreachable))
              (call $forget (i64.load (i32.const 32)))
              (if (call $spawn (i64.const 0) (i64.const -1) (i64.const -1) (i32.const 4) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 40)) (then unreachable))
              (call $create (i64.const 0) (i64.const 0))
              (drop (call $push (i64.load (i32.const 24))))
              (drop (call $send (i64.load (i32.const 40))))
              (br $next)))
          (func (export "serve") (local $stream i64)
            (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))
            (local.set $stream (call $take (i64.const 0)))
            (i32.store (i32.const 48) (i32.const 4096))
            (loop $next
              (if (call $read (local.get $stream) (i32.const 4096) (i32.const 4096) (i32.const 16)) (then (return)))
              (if (i32.eqz (i32.load (i32.const 16))) (then (return)))
              (i32.store (i32.const 52) (i32.load (i32.const 16)))
              (if (call $write (local.get $stream) (i32.const 48) (i32.const 1) (i32.const 16)) (then (return)))
              (br $next))))
        """;

    public override string Name => "echo";

    public override string Description => "TCP echo through guest processes, beside plain C# sockets";

    public override IEnumerable<Row> Run()
    {
        using Socket plain = Listen();
        _ = ServeAsync(plain);
        LunaticRuntime runtime = new();
        try
        {
            int port = FreePort();
            LunaticModule module = runtime.CompileAsync(Encoding.UTF8.GetBytes(Server)).Result;
            LunaticProcess server = runtime.CreateEnvironment().SpawnAsync(module, "listen", port).Result;
            foreach (int connections in new[] { 1, 50, 200 })
            {
                double[] ours = new double[Rounds];
                double[] theirs = new double[Rounds];
                // the first round warms up
                for (int round = -1; round < Rounds; round++)
                {
                    double our = RequestsPerSecond(port, connections);
                    double their = RequestsPerSecond(PortOf(plain), connections);
                    if (round >= 0)
                        (ours[round], theirs[round]) = (our, their);
                }
                yield return new Row($"echo, {connections} connections", Sampling.Median(ours), "requests/s", "plain C#", Sampling.Median(theirs));
            }
            server.Kill();
        }
        finally
        {
            runtime.DisposeAsync().AsTask().Wait(Deadline);
        }
    }

    private static double RequestsPerSecond(int port, int connections)
    {
        Socket[] sockets = [.. Enumerable.Range(0, connections).Select(_ => Connect(port))];
        int each = Requests / 4 / connections * (connections == 1 ? 1 : 4);
        long start = Stopwatch.GetTimestamp();
        if (!Task.WaitAll([.. sockets.Select(socket => Task.Run(() => AskAsync(socket, each)))], Deadline))
            throw new TimeoutException($"{connections} connections were not answered within {Deadline}");
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (Socket socket in sockets)
            socket.Dispose();
        return each * connections / elapsed;
    }

    private static async Task AskAsync(Socket socket, int requests)
    {
        byte[] buffer = new byte[Bytes];
        for (int request = 0; request < requests; request++)
        {
            await socket.SendAsync(buffer);
            for (int length = 0; length < Bytes;)
                length += await socket.ReceiveAsync(buffer.AsMemory(length)) is > 0 and int count ? count : throw new IOException("the server closed the connection");
        }
    }

    private static async Task ServeAsync(Socket listener)
    {
        try
        {
            while (true)
                _ = EchoAsync(await listener.AcceptAsync());
        }
        catch (SocketException)
        {
            // closed at the end
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            byte[] buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer.AsMemory()) is > 0 and int count)
                await socket.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(1024);
        return socket;
    }

    private static int FreePort()
    {
        using Socket socket = Listen();
        return PortOf(socket);
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static Socket Connect(int port)
    {
        // a guest that was just spawned may not listen yet
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                return socket;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < Deadline)
            {
                socket.Dispose();
                Thread.Yield();
            }
        }
    }
}
