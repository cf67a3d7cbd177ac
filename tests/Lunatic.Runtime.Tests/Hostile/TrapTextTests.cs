using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Hostile;

/// <summary>What a guest's programmer reads after a mistake: which function, which value, what would have been right.</summary>
[TestFixture]
public sealed class TrapTextTests
{
    private const string NoMessage = "the process has no message to work on: none was created or received, or it was sent";

    [TestCase("(call $registry.remove (i32.const 65530) (i32.const 10))", "lunatic::registry::remove: pointer 0xfffa with length 10 lies outside the memory of 65536 bytes")]
    [TestCase("(call $registry.remove (i32.const -1) (i32.const 0))", "lunatic::registry::remove: pointer 0xffffffff with length 0 lies outside the memory of 65536 bytes")]
    [TestCase("(call $registry.remove (i32.const 0) (i32.const -1))", "lunatic::registry::remove: pointer 0x0 with length 4294967295 lies outside the memory of 65536 bytes")]
    [TestCase("(call $registry.remove (i32.const 10) (i32.const 2))", "lunatic::registry::remove: the name (pointer 0xa, 2 bytes) is not valid UTF-8")]
    [TestCase("(drop (call $registry.get (i32.const 0) (i32.const 0) (i32.const 65529) (i32.const 8)))", null)]
    [TestCase("(call $error.drop (i64.const 3))", "lunatic::error::drop: there is no error with id 3")]
    [TestCase("(call $error.drop (i64.const -1))", "lunatic::error::drop: there is no error with id 18446744073709551615")]
    [TestCase("(call $process.drop_module (i64.const 0))", "lunatic::process::drop_module: there is no module with id 0")]
    [TestCase("(call $process.drop_config (i64.const 7))", "lunatic::process::drop_config: there is no configuration with id 7")]
    [TestCase("(drop (call $process.config_get_max_memory (i64.const -1)))", "lunatic::process::config_get_max_memory: there is no configuration with id 18446744073709551615")]
    [TestCase("(drop (call $message.send (i64.const 1)))", "lunatic::message::send: " + NoMessage)]
    [TestCase("(drop (call $message.read_data (i32.const 0) (i32.const 0)))", "lunatic::message::read_data: " + NoMessage)]
    [TestCase("(drop (call $timer.send_after (i64.const 1) (i64.const 1)))", "lunatic::timer::send_after: " + NoMessage)]
    [TestCase(
        "(drop (call $message.receive (i32.const 8) (i32.const 0x20000000) (i64.const 0)))",
        "lunatic::message::receive: pointer 0x8 with length 4294967296 lies outside the memory of 65536 bytes")]
    [TestCase(
        "(call $message.create_data (i64.const 1) (i64.const -1)) (call $message.seek_data (i64.const -2)) (drop (call $message.read_data (i32.const 0) (i32.const 1)))",
        "lunatic::message::read_data: the read position 18446744073709551614 lies behind the message's 0 bytes")]
    [TestCase(
        "(call $message.create_data (i64.const 1) (i64.const 0)) (drop (call $message.take_module (i64.const -1)))",
        "lunatic::message::take_module: slot 18446744073709551615 of the message holds no module")]
    [TestCase(
        "(drop (call $process.spawn (i64.const 0) (i64.const 9) (i64.const -1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))",
        "lunatic::process::spawn: there is no configuration with id 9")]
    [TestCase("(drop (call $trap.catch (i32.const 0) (i32.const 0)))", "lunatic::trap::catch: the module exports no function named \"_lunatic_catch_trap\"")]
    [TestCase("(call $networking.drop_tcp_stream (i64.const 0))", "lunatic::networking::drop_tcp_stream: there is no tcp stream with id 0")]
    public async Task A_mistake_is_named(string call, string? message)
    {
        (ExitReason exit, _) = await GuestHost.RunAsync($"""(data (i32.const 10) "\c3\28") (func $culprit {call}) (func (export "main") (call $culprit))""");
        if (message is null)
        {
            Assert.That(exit, Is.EqualTo(ExitReason.Returned));
            return;
        }
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(exit.Message, Is.EqualTo(message));
        Assert.That(exit.Stack.Length, Is.EqualTo(2));
        Assert.That(exit.Stack[0], Does.StartWith("culprit (function "));
        Assert.That(exit.Stack[1], Does.StartWith("main (function ").Or.StartWith("<unnamed> (function "));
    }

    [Test]
    public async Task The_middle_of_a_deep_stack_is_counted_instead_of_listed()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync("""
            (func $deep (param i32) (if (i32.eqz (local.get 0)) (then unreachable)) (call $deep (i32.sub (local.get 0) (i32.const 1))))
            (func (export "main") (call $deep (i32.const 1000)))
            """);
        Assert.That(exit.Message, Is.EqualTo("unreachable"));
        Assert.That(exit.Stack, Has.Length.EqualTo(129));
        Assert.That(exit.Stack[96], Is.EqualTo("(874 more calls)"));
    }
}
