using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>Guests that keep as much of the host as they can: each limit ends them with an exception that names the option, and the host stays as it was.</summary>
[TestFixture]
public sealed class LimitTests
{
    private const string Forever = "(loop $again {0} (br $again))";

    private static IEnumerable<TestCaseData> Floods()
    {
        yield return Flood("a message", nameof(EnvironmentOptions.MaxMessageBytes), "(drop (call $message.write_data (i32.const 0) (i32.const 60000)))", options => options.MaxMessageBytes = 1 << 20);
        yield return Flood("configurations", nameof(EnvironmentOptions.MaxResources), "(drop (call $process.create_config))", options => options.MaxResources = 1_000);
        yield return Flood("errors", nameof(EnvironmentOptions.MaxResources), "(drop (call $sqlite.open (i32.const 0) (i32.const 1) (i32.const 8)))", options => options.MaxResources = 1_000);
        yield return Flood(
            "modules", nameof(EnvironmentOptions.MaxResources), "(drop (call $process.compile_module (i32.const 32) (i32.const 8) (i32.const 8)))", options => options.MaxResources = 100);
        yield return Flood(
            "timers",
            nameof(EnvironmentOptions.MaxResources),
            "(call $message.create_data (i64.const 0) (i64.const 0)) (drop (call $timer.send_after (call $process.process_id) (i64.const 1000000)))",
            options => options.MaxResources = 1_000);
        yield return Flood(
            "statements",
            nameof(EnvironmentOptions.MaxResources),
            "(if (i32.eqz (i32.load (i32.const 16))) (then (i32.store (i32.const 16) (i32.const 1)) (drop (call $sqlite.open (i32.const 0) (i32.const 0) (i32.const 8)))))"
            + "(drop (call $sqlite.query_prepare (i64.const 0) (i32.const 40) (i32.const 8)))",
            options => options.MaxResources = 100);
        yield return Flood(
            "names",
            nameof(EnvironmentOptions.MaxRegistryNames),
            "(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 0x1))) (call $registry.put (i32.const 48) (i32.const 4) (i64.const 0) (call $process.process_id))"
            + "(i32.store8 (i32.const 48) (i32.and (i32.load (i32.const 0)) (i32.const 127))) (i32.store8 (i32.const 49) (i32.and (i32.shr_u (i32.load (i32.const 0)) (i32.const 7)) (i32.const 127)))",
            options => options.MaxRegistryNames = 1_000);

        static TestCaseData Flood(string what, string option, string call, Action<EnvironmentOptions> configure) => new TestCaseData(option, call, configure).SetArgDisplayNames(what);
    }

    [TestCaseSource(nameof(Floods))]
    public async Task A_guest_that_keeps_what_it_gets_is_ended_by_a_limit(string option, string call, Action<EnvironmentOptions> configure)
    {
        var options = new EnvironmentOptions();
        configure(options);
        await using var host = new GuestHost(options);
        ExitReason exit = await host.RunMainAsync($$"""
            (data (i32.const 32) "(module)select 1name")
            (func (export "main")
              (call $message.create_data (i64.const 0) (i64.const 0))
              {{string.Format(null, Forever, call)}})
            """);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped), exit.ToString());
        Assert.That(exit.Exception, Is.InstanceOf<LimitExceededException>(), exit.ToString());
        Assert.That(((LimitExceededException)exit.Exception!).LimitName, Is.EqualTo(option));
    }

    [Test]
    public async Task Arguments_and_variables_of_a_configuration_have_a_limit()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync("""
            (func (export "main") (local $id i64)
              (local.set $id (call $process.create_config))
              (loop $again (call $wasi.config_add_command_line_argument (local.get $id) (i32.const 0) (i32.const 8)) (br $again)))
            """);
        Assert.That(exit.Message, Does.Contain("a configuration holds at most 10000"));
    }

    [Test]
    public async Task Names_have_a_length()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync("""(func (export "main") (drop (memory.grow (i32.const 1))) (call $registry.put (i32.const 0) (i32.const 65537) (i64.const 0) (i64.const 1)))""");
        Assert.That(exit.Message, Does.Contain("the name has 65537 bytes; names have at most 65536"));
    }

    [Test]
    public async Task Mail_that_nobody_reads_is_refused_and_the_host_stays_flat()
    {
        const int Messages = 20_000;
        await using var host = new GuestHost(new EnvironmentOptions { MaxMailboxBytes = 1 << 20 });
        long before = GC.GetTotalMemory(forceFullCollection: true);
        LunaticProcess process = await host.SpawnAsync($"""
            (func (export "main") (local $i i32)
              (loop $again
                (call $message.create_data (i64.const 0) (i64.const 0))
                (drop (call $message.write_data (i32.const 0) (i32.const 10000)))
                (drop (call $message.send (call $process.process_id)))
                (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {Messages}))))
              (call $report (i64.const 1))
              (call $process.sleep_ms (i64.const -1)))
            """);
        await host.WaitForReportsAsync(1);
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(16 << 20), "200 MB were sent");
        Assert.That(host.Environment.UndeliverableMessages, Is.GreaterThan(Messages - 200));
        process.Kill();
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public async Task Mail_for_later_has_the_same_limit()
    {
        await using var host = new GuestHost(new EnvironmentOptions { MaxMailboxMessages = 100 });
        ExitReason exit = await host.RunMainAsync("""
            (func (export "main") (local $i i32)
              (loop $again
                (call $message.create_data (i64.const 0) (i64.const 0))
                (drop (call $timer.send_after (call $process.process_id) (i64.const 1000000)))
                (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 500)))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Environment.UndeliverableMessages, Is.EqualTo(500), "400 were refused, 100 ended with the process");
    }
}
