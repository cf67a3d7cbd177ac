using System.Runtime.InteropServices;

namespace Lunatic.Cli.Tests;

/// <summary>Ctrl-C, as the signal that it is, to guests that would go on for ever.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class InterruptionTests : CommandTestBase
{
    private const string Imports = """
        (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
        (import "lunatic::process" "sleep_ms" (func $sleep (param i64)))
        (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 8) "\10\00\00\00\06\00\00\00")
        (data (i32.const 16) "ready\n")
        (func $ready (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0))))
        """;

    [TestCase("sleeps", "(func (export \"_start\") (call $ready) (call $sleep (i64.const -1)))")]
    [TestCase("receives", "(func (export \"_start\") (call $ready) (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1))))")]
    [TestCase("reads", "(func (export \"_start\") (call $ready) (drop (call $fd_read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 0))))")]
    [TestCase("loops", "(func (export \"_start\") (call $ready) (loop (br 0)))")]
    [TestCase("loops in its start function", "(func $start (call $ready) (loop (br 0))) (start $start) (func (export \"_start\"))")]
    public async Task A_guest_is_stopped_while_it(string what, string function)
    {
        Write("guest.wat", $"(module {Imports} {function})");
        using LunaticCommand command = LunaticCommand.Start(Folder, "guest.wat");
        Assert.That(await command.ReadLineAsync(), Is.EqualTo("ready"), what);
        command.Signal(PosixSignal.SIGINT);
        CommandResult result = await command.WaitForEndAsync();
        Assert.That(result.Status, Is.EqualTo(130), result.Error);
        Assert.That(result.Error, Is.EqualTo("").Or.EqualTo("[warn] Process 1 was killed, notifying: 0 links\n"));
    }

    [Test]
    public async Task A_request_to_terminate_has_its_own_status()
    {
        Write("guest.wat", $"(module {Imports} (func (export \"_start\") (call $ready) (call $sleep (i64.const -1))))");
        using LunaticCommand command = LunaticCommand.Start(Folder, "guest.wat");
        Assert.That(await command.ReadLineAsync(), Is.EqualTo("ready"));
        command.Signal(PosixSignal.SIGTERM);
        Assert.That((await command.WaitForEndAsync()).Status, Is.EqualTo(143));
    }

    [Test]
    public async Task A_script_is_stopped_too()
    {
        Write("loop.wast", "(module (func (export \"f\") (loop (br 0))))\n(assert_return (invoke \"f\"))");
        using LunaticCommand command = LunaticCommand.Start(Folder, "wast", "-v", "loop.wast");
        Assert.That(await command.ReadLineAsync(), Is.EqualTo("loop.wast:1: module passed"));
        command.Signal(PosixSignal.SIGINT);
        Assert.That((await command.WaitForEndAsync()).Status, Is.EqualTo(130));
    }
}
