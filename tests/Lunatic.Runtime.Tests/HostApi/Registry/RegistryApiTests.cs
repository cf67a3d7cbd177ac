using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Registry;

[TestFixture]
public sealed class RegistryApiTests
{
    [Test]
    public async Task A_name_leads_to_its_process_until_it_is_removed()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "name")
            (func $get (call $report32 (call $registry.get (i32.const 100) (i32.const 4) (i32.const 200) (i32.const 208))))
            (func (export "main")
              (call $get)
              (call $registry.put (i32.const 100) (i32.const 4) (i64.const 0) (call $process.process_id))
              (i64.store (i32.const 200) (i64.const -1))
              (call $get)
              (call $report (i64.load (i32.const 200)))
              (call $report (i64.load (i32.const 208)))
              (call $registry.remove (i32.const 100) (i32.const 4))
              (call $registry.remove (i32.const 100) (i32.const 4))
              (call $get))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 0, 0, 1, 1 }));
    }

    [Test]
    public async Task The_name_goes_with_its_process()
    {
        await using var host = new GuestHost();
        await host.RunMainAsync("""
            (data (i32.const 100) "name")
            (func (export "main") (call $registry.put (i32.const 100) (i32.const 4) (i64.const 0) (call $process.process_id)))
            """);
        Assert.That(host.Environment.FindProcess("name"), Is.Null);
    }

    [TestCase("(call $registry.put (i32.const 65535) (i32.const 4) (i64.const 0) (i64.const 1))", "lies outside")]
    [TestCase("(drop (call $registry.get (i32.const 100) (i32.const 2) (i32.const 200) (i32.const 208)))", "the name (pointer 0x64, 2 bytes) is not valid UTF-8")]
    [TestCase("(call $registry.remove (i32.const 100) (i32.const 2))", "not valid UTF-8")]
    [TestCase("""
        (call $registry.put (i32.const 102) (i32.const 4) (i64.const 0) (call $process.process_id))
        (drop (call $registry.get (i32.const 102) (i32.const 4) (i32.const 65535) (i32.const 208)))
        """, "lies outside")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""
            (data (i32.const 100) "\c3\28name")
            (func (export "main") {mistake})
            """);
        Assert.That(exit.Message, Does.Contain(message));
    }
}
