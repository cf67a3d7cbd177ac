using static Lunatic.Runtime.Tests.HostApi.Networking.NetworkGuest;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

[TestFixture]
public sealed class NamesApiTests
{
    [TestCase("127.0.0.1:80", 4, 80, 127)]
    [TestCase("[::1]:65535", 6, 65535, 0)]
    [TestCase("[fe80::1]:1", 6, 1, 0xFE)]
    public async Task An_address_is_its_own_only_result(string name, int family, int port, int firstOctet)
    {
        long[] reports = await RunAsync($$"""
            (data (i32.const 2048) "{{name}}")
            (func (export "main") (local $addresses i64)
              (call $ok (call $networking.resolve (i32.const 2048) (i32.const {{name.Length}}) (i64.const -1) (i32.const 512)) (i32.const 512))
              (local.set $addresses (i64.load (i32.const 512)))
              (i32.store (i32.const 544) (i32.const -1))
              (call $report32 (call $networking.resolve_next (local.get $addresses) (i32.const 520) (i32.const 528) (i32.const 544) (i32.const 548) (i32.const 552)))
              (call $report32 (i32.load (i32.const 520)))
              (call $report32 (i32.load (i32.const 544)))
              (call $report32 (i32.load8_u (i32.const 528)))
              (call $report32 (call $networking.resolve_next (local.get $addresses) (i32.const 520) (i32.const 528) (i32.const 544) (i32.const 548) (i32.const 552)))
              (call $networking.drop_dns_iterator (local.get $addresses)))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 0, family, 0xFFFF0000 | port, firstOctet, 1 }), "16 bits of port are written");
    }

    [Test]
    public async Task A_name_is_looked_up()
    {
        long[] reports = await RunAsync("""
            (data (i32.const 2048) "localhost:7")
            (func (export "main")
              (call $ok (call $networking.resolve (i32.const 2048) (i32.const 11) (i64.const -1) (i32.const 512)) (i32.const 512))
              (call $report32 (call $portOf (i64.load (i32.const 512)))))
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 7 }));
    }

    [TestCase("127.0.0.1", "invalid socket address")]
    [TestCase("127.0.0.1:65536", "invalid port value")]
    [TestCase("127.0.0.1:x", "invalid port value")]
    [TestCase("nowhere.invalid:80", "cannot look up \"nowhere.invalid\": ")]
    [TestCase(":80", "the name of the host is empty")]
    public async Task What_is_no_address_is_an_error(string name, string error)
    {
        long[] reports = await RunAsync($$"""
            (data (i32.const 2048) "{{name}}")
            (func (export "main")
              (call $report32 (call $networking.resolve (i32.const 2048) (i32.const {{name.Length}}) (i64.const -1) (i32.const 512)))
              (call $text (i64.load (i32.const 512))))
            """);
        Assert.That(reports[0], Is.EqualTo(1));
        Assert.That(TextFrom(reports, 1), Does.StartWith(error));
    }
}
