using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Networking;

/// <summary>Ids that do not exist, pointers outside of the memory, and types of addresses that there are none of.</summary>
[TestFixture]
public sealed class NetworkTrapTests
{
    private static readonly string[] WithIds =
    [
        .. HostApiSignatures.List.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains("lunatic::networking", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts[2].StartsWith('l'))
            .Select(parts => $"{parts[1]} {parts[2]}"),
    ];

    [TestCaseSource(nameof(WithIds))]
    public async Task An_unknown_id_traps(string function)
    {
        string[] parts = function.Split(' ');
        string[] sides = parts[1].Split('→');
        string call = $"(call $networking.{parts[0]} {string.Concat(sides[0].Select(type => type == 'l' ? "(i64.const 7) " : "(i32.const 4) "))})";
        (ExitReason exit, _) = await GuestHost.RunAsync($"""(func (export "main") {(sides.Length > 1 ? $"(drop {call})" : call)})""");
        Assert.That(exit.Message, Does.StartWith($"lunatic::networking::{parts[0]}: there is no ").And.EndsWith(" with id 7"));
    }

    [TestCase("tcp_bind", "(i32.const 5) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)", "address type 5 is neither 4 nor 6")]
    [TestCase("udp_bind", "(i32.const -1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)", "address type 4294967295 is neither 4 nor 6")]
    [TestCase("tcp_bind", "(i32.const 4) (i32.const 65533) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)", "pointer 0xfffd with length 4 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_bind", "(i32.const 6) (i32.const 65521) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)", "pointer 0xfff1 with length 16 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_bind", "(i32.const 4) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 65529)", "pointer 0xfff9 with length 8 lies outside the memory of 65536 bytes")]
    [TestCase("udp_bind", "(i32.const 4) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1)", "pointer 0xffffffff with length 8 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_connect", "(i32.const 4) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const -1)", "pointer 0xffffffff with length 8 lies outside the memory of 65536 bytes")]
    [TestCase("resolve", "(i32.const 65530) (i32.const 7) (i64.const -1) (i32.const 0)", "pointer 0xfffa with length 7 lies outside the memory of 65536 bytes")]
    [TestCase("resolve", "(i32.const 100) (i32.const 1) (i64.const -1) (i32.const 0)", "the name (pointer 0x64, 1 bytes) is not valid UTF-8")]
    [TestCase("tls_connect", "(i32.const 0) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 0) (i32.const 0) (i32.const 0x20000000)", "pointer 0x0 with length 4294967296 lies outside the memory of 65536 bytes")]
    [TestCase("tls_connect", "(i32.const 0) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 0) (i32.const 104) (i32.const 1)", "pointer 0xffffff00 with length 4294967040 lies outside the memory of 65536 bytes")]
    public async Task A_bad_argument_traps(string function, string arguments, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""
            (data (i32.const 100) "\ff")
            (data (i32.const 104) "\00\ff\ff\ff\00\ff\ff\ff")
            (func (export "main") (drop (call $networking.{function} {arguments})))
            """);
        Assert.That(exit.Message, Is.EqualTo($"lunatic::networking::{function}: {message}"));
    }

    [TestCase("tcp_write_vectored", "(i32.const 0) (i32.const 0x20000000) (i32.const 512)", "pointer 0x0 with length 4294967296 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_write_vectored", "(i32.const 2048) (i32.const 1) (i32.const 512)", "pointer 0xffff with length 2 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_write_vectored", "(i32.const 2048) (i32.const 0) (i32.const 65535)", "pointer 0xffff with length 8 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_read", "(i32.const 65535) (i32.const 2) (i32.const 512)", "pointer 0xffff with length 2 lies outside the memory of 65536 bytes")]
    [TestCase("tcp_peek", "(i32.const 0) (i32.const 2) (i32.const 65535)", "pointer 0xffff with length 8 lies outside the memory of 65536 bytes")]
    public async Task A_bad_buffer_traps_before_anything_is_moved(string function, string arguments, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(NetworkGuest.Functions + $"""
            (data (i32.const 2048) "\ff\ff\00\00\02\00\00\00")
            (func (export "main")
              (drop (call $networking.{function} (call $connect (i32.const 4) (call $port (call $bind (i32.const 4)))) {arguments})))
            """);
        Assert.That(exit.Message, Is.EqualTo($"lunatic::networking::{function}: {message}"));
    }

    [Test]
    public async Task A_namespace_that_is_not_allowed_traps()
    {
        var options = new EnvironmentOptions { AllowedNamespaces = { "lunatic::metrics" } };
        (ExitReason exit, _) = await GuestHost.RunAsync("""(func (export "main") (call $networking.drop_dns_iterator (i64.const 0)))""", options);
        Assert.That(exit.Message, Does.Contain("not allowed"));
    }
}
