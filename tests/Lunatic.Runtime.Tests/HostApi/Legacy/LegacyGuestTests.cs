using System.Text;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Legacy;

/// <summary>Guests of the old generation, beside those of the current one and under the application's options.</summary>
[TestFixture]
public sealed class LegacyGuestTests
{
    // makes an environment that may do everything, and spawns "child" in it, linked
    private const string Maker = """
        (module
          (import "lunatic::process" "create_config" (func $create_config (param i64 i64) (result i64)))
          (import "lunatic::process" "allow_namespace" (func $allow (param i64 i32 i32)))
          (import "lunatic::process" "create_environment" (func $create_environment (param i64 i32) (result i32)))
          (import "lunatic::process" "add_this_module" (func $add (param i64 i32) (result i32)))
          (import "lunatic::process" "spawn" (func $spawn (param i64 i64 i32 i32 i32 i32 i32) (result i32)))
          (import "lunatic::process" "this" (func $this (result i64)))
          (import "lunatic::message" "create_data" (func $create_data (param i64 i64)))
          (import "lunatic::message" "send" (func $send (param i64)))
          (import "lunatic::message" "receive" (func $receive (param i32 i32 i32) (result i32)))
          (import "lunatic::process" "sleep_ms" (func $sleep (param i64)))
          (memory (export "memory") 1)
          (data (i32.const 100) "child")
          (func (export "child")
            (if (i32.ne (memory.grow (i32.const 20)) (i32.const -1)) (then (call $sleep (i64.const -1))))
            (call $create_data (i64.const 0) (i64.const 0))
            (call $send (call $this))
            unreachable)
          (func (export "main") (local $config i64)
            (local.set $config (call $create_config (i64.const -1) (i64.const 0)))
            (call $allow (local.get $config) (i32.const 0) (i32.const 0))
            (drop (call $create_environment (local.get $config) (i32.const 8)))
            (drop (call $add (i64.load (i32.const 8)) (i32.const 8)))
            (drop (call $spawn (i64.const 7) (i64.load (i32.const 8)) (i32.const 100) (i32.const 5) (i32.const 0) (i32.const 0) (i32.const 8)))
            (drop (call $receive (i32.const 0) (i32.const 0) (i32.const 0)))))
        """;

    [TestCase("lunatic::message,lunatic::process", true, true, ExitKind.LinkDied, "")]
    [TestCase("lunatic::process", true, true, ExitKind.Trapped, "lunatic::message::receive: the function is not allowed")]
    [TestCase("lunatic::message,lunatic::process", false, true, ExitKind.Trapped, "may not create configurations")]
    [TestCase("lunatic::message,lunatic::process", true, false, ExitKind.Trapped, "may not spawn processes")]
    public async Task The_applications_options_hold_for_all_that_guests_make(string namespaces, bool mayConfigure, bool maySpawn, ExitKind kind, string message)
    {
        var options = new EnvironmentOptions { MaxMemory = 10 << 16, CanCreateConfigs = mayConfigure, CanSpawnProcesses = maySpawn, AllowedNamespaces = [] };
        foreach (string name in namespaces.Split(','))
            options.AllowedNamespaces.Add(name);
        await using var host = new GuestHost(options);
        LunaticModule module = await host.Runtime.CompileAsync(Encoding.UTF8.GetBytes(Maker));
        Assert.That(module.IsLegacy, Is.True);
        LunaticProcess process = await host.Environment.SpawnAsync(module, "main");
        // the child may grow to its maker's ten pages only, and then dies; its maker with it
        ExitReason exit = await GuestHost.WaitForEndAsync(process);
        Assert.That(exit.Kind, Is.EqualTo(kind), exit.ToString());
        Assert.That(exit.Message, Does.Contain(message));
    }

    [TestCase("lunatic::message::create_data")]
    [TestCase("lunatic::timer::send_after")]
    public async Task Functions_that_are_not_allowed_trap_by_name_in_the_current_generation(string name)
    {
        string[] parts = name.Split("::");
        string call = $"(call ${parts[1]}.{parts[2]} (i64.const 0) (i64.const 0))";
        (ExitReason exit, _) = await GuestHost.RunAsync(
            $"(func (export \"main\") {(parts[1] == "timer" ? $"(drop {call})" : call)})", new EnvironmentOptions { AllowedNamespaces = ["lunatic::process"] });
        Assert.That(exit.Message, Is.EqualTo($"{name}: the function is not allowed in this environment"));
    }

    [Test]
    public async Task The_oldest_receive_takes_one_tag()
    {
        await using var host = new GuestHost();
        LunaticModule module = await host.Runtime.CompileAsync(Encoding.UTF8.GetBytes("""
            (module
              (import "lunatic::message" "receive" (func $receive (param i64 i32) (result i32)))
              (import "lunatic::message" "get_tag" (func $tag (result i64)))
              (func $check (param i64 i32) (if (i64.ne (call $tag) (local.get 0)) (then unreachable)) (if (local.get 1) (then unreachable)))
              (func (export "main")
                (call $check (i64.const 7) (call $receive (i64.const 7) (i32.const 0)))
                (call $check (i64.const 5) (call $receive (i64.const 0) (i32.const 0)))
                (if (i32.ne (call $receive (i64.const 9) (i32.const 1)) (i32.const 9027)) (then unreachable))))
            """));
        LunaticProcess process = await host.Environment.SpawnAsync(module, "main");
        process.Send(new Message(5, []));
        process.Send(new Message(7, []));
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Returned));
    }
}
