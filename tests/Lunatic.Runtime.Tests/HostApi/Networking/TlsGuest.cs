using System.Net.Security;
using System.Net.Sockets;
using Lunatic.Runtime.Tests.Guests;
using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

/// <summary>Functions for guests that use TLS, and peers of theirs.</summary>
internal static class TlsGuest
{
    /// <summary>
    /// <c>$tlsBind</c>, <c>$tlsPort</c>, <c>$tlsAccept</c> (result), <c>$tlsConnect</c> (host 127.0.0.1, result), <c>$tlsSay</c>, <c>$tlsHear</c>. Certificates
    /// lie from 4096 on.
    /// </summary>
    private static readonly string TlsFunctions = $$"""
        (data (i32.const 4096) "{{Text(TestAuthority.Certificate)}}")
        (data (i32.const 8192) "{{Text(TestAuthority.Key)}}")
        (data (i32.const 12288) "{{Text(TestAuthority.Root)}}")
        (data (i32.const 16384) "{{Text(TestAuthority.OtherRoot)}}")
        (data (i32.const 20480) "{{Text(TestAuthority.OtherKey)}}")
        (data (i32.const 24576) "{{Text(TestAuthority.Certificate + "\n" + TestAuthority.Root)}}")
        (data (i32.const 288) "127.0.0.1")
        (func $tlsBind (param $key i32) (param $keyLength i32) (result i32)
          (call $networking.tls_bind (i32.const 4) (i32.const 256) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 512)
            (i32.const 4096) (i32.const {{TestAuthority.Certificate.Length}}) (local.get $key) (local.get $keyLength)))
        (func $tlsListen (result i64)
          (call $ok (call $tlsBind (i32.const 8192) (i32.const {{TestAuthority.Key.Length}})) (i32.const 512))
          (i64.load (i32.const 512)))
        (func $tlsPort (param $listener i64) (result i32)
          (call $ok (call $networking.tls_local_addr (local.get $listener) (i32.const 512)) (i32.const 512))
          (call $portOf (i64.load (i32.const 512))))
        (func $tlsAccept (param $listener i64) (result i64)
          (call $ok (call $networking.tls_accept (local.get $listener) (i32.const 512) (i32.const 504)) (i32.const 512))
          (i64.load (i32.const 512)))
        (func $tlsConnect (param $port i32) (param $first i32) (param $second i32) (result i32)
          (i32.store (i32.const 580) (local.get $first))
          (i32.store (i32.const 584) (local.get $second))
          (call $networking.tls_connect (i32.const 288) (i32.const 9) (local.get $port) (i64.const -1) (i32.const 512) (i32.const 580) (i32.const 1)))
        (func $tlsSay (param $stream i64) (param $word i32)
          (i32.store (i32.const 568) (local.get $word))
          (i32.store (i32.const 560) (i32.const 568))
          (i32.store (i32.const 564) (i32.const 4))
          (call $ok (call $networking.tls_write_vectored (local.get $stream) (i32.const 560) (i32.const 1) (i32.const 512)) (i32.const 512)))
        (func $tlsHear (param $stream i64) (result i32)
          (i32.store (i32.const 572) (i32.const 0))
          (call $ok (call $networking.tls_read (local.get $stream) (i32.const 572) (i32.const 4) (i32.const 512)) (i32.const 512))
          (i32.load (i32.const 572)))

        """;

    /// <summary>Runs "main" of a guest with these functions; fails unless it returns.</summary>
    public static Task<long[]> RunTlsAsync(string fields) => RunAsync(TlsFunctions + fields);

    /// <summary>Runs "main" of a guest with these functions to its end.</summary>
    public static async Task<ExitReason> RunToEndAsync(string fields) => (await GuestHost.RunAsync(Functions + TlsFunctions + fields)).Exit;

    /// <summary>Starts "main" of a guest with these functions.</summary>
    public static Task<LunaticProcess> SpawnTlsAsync(this GuestHost host, string fields) => host.SpawnAsync(Functions + TlsFunctions + fields);

    /// <summary>A TLS client of the test, connected.</summary>
    public static async Task<SslStream> ConnectTlsAsync(long port)
    {
        var stream = new SslStream(new NetworkStream(await ConnectAsync(port), ownsSocket: true), false, (_, certificate, _, _) => TestAuthority.IsSignatoryOf(certificate));
        await stream.AuthenticateAsClientAsync("localhost").WaitAsync(Patience);
        return stream;
    }

    /// <summary>A TLS server of the test that has accepted one connection.</summary>
    public static async Task<SslStream> AcceptTlsAsync(Socket listener)
    {
        var stream = new SslStream(new NetworkStream(await listener.AcceptAsync().WaitAsync(Patience), ownsSocket: true));
        await stream.AuthenticateAsServerAsync(TestAuthority.Server).WaitAsync(Patience);
        return stream;
    }

    /// <summary>Reads up to 100 bytes.</summary>
    public static async Task<byte[]> ReadTlsAsync(SslStream stream)
    {
        byte[] buffer = new byte[100];
        int count = await stream.ReadAsync(buffer).AsTask().WaitAsync(Patience);
        return buffer[..count];
    }

    private static string Text(string pem) => pem.Replace("\n", "\\n", StringComparison.Ordinal);
}
