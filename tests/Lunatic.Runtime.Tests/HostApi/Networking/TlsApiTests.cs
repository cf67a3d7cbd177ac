using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Lunatic.Runtime.Tests.Guests;
using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;
using static Lunatic.Runtime.Tests.HostApi.Networking.TlsGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

[TestFixture]
public sealed class TlsApiTests
{
    [Test]
    public async Task A_guest_serves_a_client()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync("""
            (func (export "main") (local $listener i64) (local $stream i64)
              (local.set $listener (call $tlsListen))
              (call $report32 (call $tlsPort (local.get $listener)))
              (local.set $stream (call $tlsAccept (local.get $listener)))
              (call $report32 (call $tlsHear (local.get $stream)))
              (call $tlsSay (local.get $stream) (i32.const 0x04030201))
              (call $report32 (call $networking.tls_flush (local.get $stream) (i32.const 512)))
              (call $report (i64.load (i32.const 512)))
              (call $report32 (call $networking.tls_read (local.get $stream) (i32.const 3000) (i32.const 100) (i32.const 512)))
              (call $report (i64.load (i32.const 512))))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        await using (SslStream client = await ConnectTlsAsync(port))
        {
            await client.WriteAsync(new byte[] { 7, 0, 0, 0 });
            Assert.That(await ReadTlsAsync(client), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
            await client.ShutdownAsync();
            await host.AssertReturnsAsync(guest);
            Assert.That(await ReadTlsAsync(client), Is.Empty, "the end by TLS");
        }
        Assert.That(host.Reports[1..], Is.EqualTo(new long[] { 7, 0, 0, 0, 0 }));
    }

    [Test]
    public async Task A_guest_is_a_client_of_whom_its_roots_vouch_for()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync($$"""
            (func (export "main") (local $stream i64)
              (call $ok (call $tlsConnect (i32.const {{PortOf(listener)}}) (i32.const 12288) (i32.const {{TestAuthority.Root.Length}})) (i32.const 512))
              (local.set $stream (call $networking.clone_tls_stream (i64.load (i32.const 512))))
              (call $networking.drop_tls_stream (i64.load (i32.const 512)))
              (call $tlsSay (local.get $stream) (i32.const 5))
              (call $report32 (call $tlsHear (local.get $stream)))
              (call $message.create_data (i64.const 0) (i64.const 0))
              (drop (call $message.push_tls_stream (local.get $stream)))
              (local.set $stream (call $message.take_tls_stream (i64.const 0)))
              (call $report32 (call $tlsHear (local.get $stream))))
            """);
        await using SslStream server = await AcceptTlsAsync(listener);
        Assert.That(await ReadTlsAsync(server), Is.EqualTo(new byte[] { 5, 0, 0, 0 }));
        await server.WriteAsync(new byte[] { 6, 0, 0, 0, 8, 0, 0, 0 });
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports, Is.EqualTo(new long[] { 6, 8 }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Guests_speak_with_each_other(bool isSwapped)
    {
        // the guest library 0.14.1 writes length and pointer the other way round
        int length = TestAuthority.Root.Length;
        string root = isSwapped ? $"(i32.const {length}) (i32.const 12288)" : $"(i32.const 12288) (i32.const {length})";
        long[] reports = await RunTlsAsync($$"""
            (data (i32.const 2100) "client")
            (func (export "client") (param $port i32) (local $stream i64)
              (call $ok (call $tlsConnect (local.get $port) {{root}}) (i32.const 512))
              (local.set $stream (i64.load (i32.const 512)))
              (call $tlsSay (local.get $stream) (call $tlsHear (local.get $stream))))
            (func (export "main") (local $listener i64) (local $stream i64)
              (local.set $listener (call $tlsListen))
              (drop (call $spawn (i32.const 2100) (i32.const 6) (call $tlsPort (local.get $listener))))
              (local.set $stream (call $tlsAccept (local.get $listener)))
              (call $tlsSay (local.get $stream) (i32.const 77))
              (call $report32 (call $tlsHear (local.get $stream)))
              (call $report32 (call $tlsHear (local.get $stream)))
              (call $networking.drop_tls_listener (local.get $listener)))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 77, 0 }));
    }

    [Test]
    public async Task A_server_that_the_roots_do_not_vouch_for_is_an_error()
    {
        using Socket listener = Listen();
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync($$"""
            (func (export "main")
              (call $report32 (call $tlsConnect (i32.const {{PortOf(listener)}}) (i32.const 16384) (i32.const {{TestAuthority.OtherRoot.Length}})))
              (call $text (i64.load (i32.const 512))))
            """);
        try
        {
            await using SslStream server = await AcceptTlsAsync(listener);
            await ReadTlsAsync(server);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // the guest hangs up
        }
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports[0], Is.EqualTo(1));
        Assert.That(TextFrom(host.Reports, 1), Does.Contain("certificate"));
    }

    [Test]
    public async Task A_handshake_that_fails_is_an_error_and_one_that_never_ends_holds_up_nobody()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync("""
            (func (export "main") (local $listener i64)
              (local.set $listener (call $tlsListen))
              (call $report32 (call $tlsPort (local.get $listener)))
              (i64.store (i32.const 504) (i64.const 99))
              (call $report32 (call $networking.tls_accept (local.get $listener) (i32.const 512) (i32.const 504)))
              (call $report (i64.load (i32.const 504)))
              (call $error.drop (i64.load (i32.const 512)))
              (call $report32 (call $tlsHear (call $tlsAccept (local.get $listener)))))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        using Socket silent = await ConnectAsync(port);
        using Socket rude = await ConnectAsync(port);
        await rude.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
        await host.WaitForReportsAsync(2);
        await using SslStream client = await ConnectTlsAsync(port);
        await client.WriteAsync(new byte[] { 7, 0, 0, 0 });
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports[1..], Is.EqualTo(new long[] { 1, 0, 7 }));
    }

    [Test]
    public async Task A_stream_that_is_cut_off_is_an_error()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync("""
            (func (export "main") (local $listener i64) (local $stream i64)
              (local.set $listener (call $tlsListen))
              (call $report32 (call $tlsPort (local.get $listener)))
              (local.set $stream (call $tlsAccept (local.get $listener)))
              (call $report32 (call $networking.tls_read (local.get $stream) (i32.const 3000) (i32.const 100) (i32.const 512)))
              (call $text (i64.load (i32.const 512))))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        SslStream client = await ConnectTlsAsync(port);
        await client.DisposeAsync();
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports[1], Is.EqualTo(1));
        Assert.That(TextFrom(host.Reports, 2), Does.Contain("close_notify"));
    }

    [Test]
    public async Task A_read_that_times_out_loses_nothing()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync("""
            (func (export "main") (local $listener i64) (local $stream i64)
              (local.set $listener (call $tlsListen))
              (call $report32 (call $tlsPort (local.get $listener)))
              (local.set $stream (call $tlsAccept (local.get $listener)))
              (call $networking.set_tls_read_timeout (local.get $stream) (i64.const 10))
              (call $networking.set_tls_write_timeout (local.get $stream) (i64.const 11))
              (call $report (call $networking.get_tls_write_timeout (local.get $stream)))
              (call $report32 (call $networking.tls_read (local.get $stream) (i32.const 3000) (i32.const 100) (i32.const 512)))
              (call $networking.set_tls_read_timeout (local.get $stream) (i64.const -1))
              (call $report32 (call $tlsHear (local.get $stream))))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        await using SslStream client = await ConnectTlsAsync(port);
        await host.WaitForReportsAsync(2);
        await client.WriteAsync(new byte[] { 7, 0, 0, 0 });
        await host.AssertReturnsAsync(guest);
        Assert.That(host.Reports[1..], Is.EqualTo(new long[] { 11, 9027, 7 }));
    }

    [Test]
    public async Task Much_data_goes_both_ways()
    {
        const int Total = 3_000_000;
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnTlsAsync("""
            (func (export "main") (local $listener i64) (local $stream i64) (local $count i32) (local $from i32) (local $sum i64)
              (local.set $listener (call $tlsListen))
              (call $report32 (call $tlsPort (local.get $listener)))
              (local.set $stream (call $tlsAccept (local.get $listener)))
              (block $end
                (loop $more
                  (call $ok (call $networking.tls_read (local.get $stream) (i32.const 28672) (i32.const 30000) (i32.const 512)) (i32.const 512))
                  (br_if $end (i32.eqz (local.tee $count (i32.load (i32.const 512)))))
                  (local.set $from (i32.const 28672))
                  (loop $rest
                    (i32.store (i32.const 560) (local.get $from))
                    (i32.store (i32.const 564) (local.get $count))
                    (call $ok (call $networking.tls_write_vectored (local.get $stream) (i32.const 560) (i32.const 1) (i32.const 512)) (i32.const 512))
                    (local.set $sum (i64.add (local.get $sum) (i64.load (i32.const 512))))
                    (local.set $from (i32.add (local.get $from) (i32.load (i32.const 512))))
                    (br_if $rest (local.tee $count (i32.sub (local.get $count) (i32.load (i32.const 512))))))
                  (br $more)))
              (call $report (local.get $sum)))
            """);
        long port = (await host.WaitForReportsAsync(1))[0];
        await using SslStream client = await ConnectTlsAsync(port);
        byte[] sent = new byte[Total];
        new Random(3).NextBytes(sent);
        Task writing = WriteAsync();
        byte[] received = new byte[Total];
        await client.ReadExactlyAsync(received).AsTask().WaitAsync(Patience);
        await writing.WaitAsync(Patience);
        await host.AssertReturnsAsync(guest);
        Assert.That(received, Is.EqualTo(sent));
        Assert.That(host.Reports[1], Is.EqualTo(Total));

        async Task WriteAsync()
        {
            await client.WriteAsync(sent);
            await client.ShutdownAsync();
        }
    }

    [TestCase(8192, 10, "exactly one PKCS#8 private key (PEM block PRIVATE KEY) is needed, the text has 0")]
    [TestCase(4096, 500, "exactly one PKCS#8 private key (PEM block PRIVATE KEY) is needed, the text has 0")]
    [TestCase(65536, 1, "pointer 0x10000 with length 1 lies outside the memory of 65536 bytes")]
    public async Task A_key_that_is_none_traps(int pointer, int length, string message)
    {
        ExitReason exit = await RunToEndAsync($$"""
            (func (export "main") (drop (call $tlsBind (i32.const {{pointer}}) (i32.const {{length}}))))
            """);
        Assert.That(exit.Message, Is.EqualTo("lunatic::networking::tls_bind: " + message));
    }

    [Test]
    public async Task Two_certificates_trap()
    {
        ExitReason exit = await RunToEndAsync($$"""
            (func (export "main")
              (drop (call $networking.tls_bind (i32.const 4) (i32.const 256) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 512)
                (i32.const 24576) (i32.const {{TestAuthority.Certificate.Length + TestAuthority.Root.Length + 1}}) (i32.const 8192) (i32.const {{TestAuthority.Key.Length}}))))
            """);
        Assert.That(exit.Message, Does.EndWith("exactly one certificate (PEM block CERTIFICATE) is needed, the text has 2"));
    }

    [Test]
    public async Task A_key_of_another_certificate_is_an_error()
    {
        long[] reports = await RunTlsAsync($$"""
            (func (export "main")
              (call $report32 (call $tlsBind (i32.const 20480) (i32.const {{TestAuthority.OtherKey.Length}})))
              (call $text (i64.load (i32.const 512))))
            """);
        Assert.That(reports[0], Is.EqualTo(1));
        Assert.That(TextFrom(reports, 1), Does.StartWith("the certificate and its key cannot be used: "));
    }

    [Test]
    public async Task A_handshake_that_nobody_answers_times_out()
    {
        using Socket listener = Listen();
        long[] reports = await RunTlsAsync($$"""
            (func (export "main")
              (call $report32 (call $networking.tls_connect (i32.const 288) (i32.const 9) (i32.const {{PortOf(listener)}}) (i64.const 100) (i32.const 512) (i32.const 0) (i32.const 0))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 9027 }));
    }
}
