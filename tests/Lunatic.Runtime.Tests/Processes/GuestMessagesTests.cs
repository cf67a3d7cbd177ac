using Lunatic.Runtime.Serialization;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Processes;

/// <summary>Typed messages between C# processes and guests.</summary>
[TestFixture]
public sealed class GuestMessagesTests
{
    [Test]
    public async Task A_guest_reads_what_a_handle_sends()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main")
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report32 (call $message.read_data (i32.const 0) (i32.const 100)))
              (call $report (i64.load (i32.const 0))))
            """);
        new ProcessHandle<CounterMessage>(guest, MessageSerializers.Bincode).Send(new Add(258));

        Assert.That(await GuestHost.WaitForEndAsync(guest), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new[] { 8, 258L << 32 }));
    }

    [Test]
    public async Task A_typed_process_reads_what_a_guest_sends()
    {
        await using var host = new GuestHost();
        ProcessHandle<CounterMessage> counter = host.Environment.Spawn(() => new CounterProcess());
        Task<int> nine = counter.RequestAsync(new GetAtLeast(9), TimeSpan.FromSeconds(30));
        LunaticModule module = await host.CompileAsync(GuestModule.Write("""
            (data (i32.const 0) "\00\00\00\00\09\00\00\00")
            (func (export "main") (param $counter i64)
              (call $message.create_data (i64.const 0) (i64.const 8))
              (drop (call $message.write_data (i32.const 0) (i32.const 8)))
              (drop (call $message.send (local.get $counter))))
            """));
        LunaticProcess guest = await host.Environment.SpawnAsync(module, "main", counter.Process.Id.LocalId);

        Assert.That(await GuestHost.WaitForEndAsync(guest), Is.EqualTo(ExitReason.Returned));
        Assert.That(await nine, Is.EqualTo(9));
    }
}
