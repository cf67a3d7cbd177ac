using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Process;

[TestFixture]
public sealed class ConfigurationTests
{
    [Test]
    public async Task A_new_configuration_has_no_rights_and_keeps_what_is_set()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main") (local $c i64)
              (drop (call $process.create_config))
              (local.set $c (call $process.create_config))
              (call $report (local.get $c))
              (call $report (call $process.config_get_max_memory (local.get $c)))
              (call $report (call $process.config_get_max_fuel (local.get $c)))
              (call $report32 (call $process.config_can_compile_modules (local.get $c)))
              (call $report32 (call $process.config_can_create_configs (local.get $c)))
              (call $report32 (call $process.config_can_spawn_processes (local.get $c)))
              (call $process.config_set_max_memory (local.get $c) (i64.const 2000000))
              (call $process.config_set_max_fuel (local.get $c) (i64.const 5))
              (call $process.config_set_can_compile_modules (local.get $c) (i32.const 4))
              (call $process.config_set_can_create_configs (local.get $c) (i32.const 1))
              (call $process.config_set_can_spawn_processes (local.get $c) (i32.const 1))
              (call $report (call $process.config_get_max_memory (local.get $c)))
              (call $report (call $process.config_get_max_fuel (local.get $c)))
              (call $report32 (call $process.config_can_compile_modules (local.get $c)))
              (call $report32 (call $process.config_can_create_configs (local.get $c)))
              (call $report32 (call $process.config_can_spawn_processes (local.get $c)))
              (call $process.config_set_can_spawn_processes (local.get $c) (i32.const 0))
              (call $report32 (call $process.config_can_spawn_processes (local.get $c)))
              (call $process.drop_config (local.get $c)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, uint.MaxValue, 0, 0, 0, 0, 2_000_000, 5, 1, 1, 1, 0 }));
    }

    [Test]
    public async Task Limits_are_capped_by_the_makers_own()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func $limits
              (call $report (call $process.config_get_max_memory (i64.const 0)))
              (call $report (call $process.config_get_max_fuel (i64.const 0))))
            (func (export "main")
              (drop (call $process.create_config))
              (call $limits)
              (call $process.config_set_max_memory (i64.const 0) (i64.const -1))
              (call $process.config_set_max_fuel (i64.const 0) (i64.const 0))
              (call $limits)
              (call $process.config_set_max_memory (i64.const 0) (i64.const 70000))
              (call $process.config_set_max_fuel (i64.const 0) (i64.const 3))
              (call $limits))
            """, new EnvironmentOptions { MaxMemory = 1_000_000, MaxFuelUnits = 100 });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1_000_000, 100, 1_000_000, 100, 70_000, 3 }));
    }

    [TestCase("(call $process.config_set_can_compile_modules (i64.const 0) (i32.const 1))", "may not compile modules itself")]
    [TestCase("(call $process.config_set_can_spawn_processes (i64.const 0) (i32.const 1))", "may not spawn processes itself")]
    [TestCase("(call $wasi.config_preopen_dir (i64.const 0) (i32.const 100) (i32.const 1))", "directory \"/\" does not lie in a directory that the process itself has open")]
    [TestCase("(call $process.drop_config (i64.const 1))", "no configuration with id 1")]
    [TestCase("(drop (call $process.config_get_max_memory (i64.const -1)))", "no configuration with id")]
    [TestCase("(call $wasi.config_add_environment_variable (i64.const 1) (i32.const 100) (i32.const 1) (i32.const 100) (i32.const 1))", "no configuration with id 1")]
    [TestCase("(call $wasi.config_add_command_line_argument (i64.const 0) (i32.const 65536) (i32.const 1))", "lies outside")]
    public async Task A_mistake_or_a_right_that_the_maker_lacks_traps(string mistake, string message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(
            $"""(data (i32.const 100) "/") (func (export "main") (drop (call $process.create_config)) {mistake})""",
            new EnvironmentOptions { CanCompileModules = false, CanSpawnProcesses = false });
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Does.Contain(message));
    }

    [Test]
    public async Task Without_rights_nothing_is_made()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "main")
              (call $report32 (i64.eq (call $process.create_config) (i64.const -1)))
              (call $report32 (i32.eq (call $process.compile_module (i32.const -1) (i32.const -1) (i32.const -1)) (i32.const -1))))
            """, new EnvironmentOptions { CanCompileModules = false, CanCreateConfigs = false });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 1 }));
    }

    [Test]
    public async Task A_child_runs_under_its_configuration()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (data (i32.const 100) "child")
            (func (export "child")
              (call $report32 (i32.eq (memory.grow (i32.const 1)) (i32.const -1)))
              (call $report32 (i64.eq (call $process.create_config) (i64.const -1)))
              (loop $forever (br $forever)))
            (func (export "main")
              (call $process.die_when_link_dies (i32.const 0))
              (drop (call $process.create_config))
              (call $process.config_set_max_memory (i64.const 0) (i64.const 70000))
              (call $process.config_set_max_fuel (i64.const 0) (i64.const 3))
              (drop (call $process.spawn (i64.const 9) (i64.const 0) (i64.const -1) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 200)))
              (call $report32 (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))
              (call $report (call $message.get_tag)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 1, 1, 9 }));
    }
}
