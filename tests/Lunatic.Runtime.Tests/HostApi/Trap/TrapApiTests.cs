using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Trap;

[TestFixture]
public sealed class TrapApiTests
{
    [Test]
    public async Task The_result_of_a_call_that_returns_is_passed_on()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
            (func (export "main") (call $report32 (call $trap.catch (i32.const 50) (i32.const 8))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 42 }));
    }

    [TestCase("unreachable")]
    [TestCase("(call $deep)")]
    [TestCase("(call $error.drop (i64.const 7))")]
    [TestCase("(drop (i32.div_s (i32.const 1) (i32.const 0)))")]
    public async Task A_trap_is_caught_and_the_guest_goes_on(string trap)
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync($$"""
            (func $deep (call $deep))
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) {{trap}} (i32.const 5))
            (func (export "main")
              (call $report32 (call $trap.catch (i32.const 0) (i32.const 0)))
              (call $report32 (call $trap.catch (i32.const 0) (i32.const 0)))
              (call $report (i64.const 9)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 9 }));
    }

    [Test]
    public async Task A_wait_inside_of_it_is_no_obstacle()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32)
              (call $process.sleep_ms (i64.const 1))
              (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 1)))
              unreachable)
            (func (export "main")
              (call $report32 (call $trap.catch (i32.const 0) (i32.const 0)))
              (call $process.sleep_ms (i64.const 0))
              (call $report (i64.const 9)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 9 }));
    }

    [Test]
    public async Task A_function_of_another_type_gives_zero()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync("""
            (func (export "_lunatic_catch_trap") (param i32 i32) (call $report (i64.const 1)))
            (func (export "main") (call $report32 (call $trap.catch (i32.const 0) (i32.const 0))))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0 }));
    }

    [Test]
    public async Task A_missing_function_traps()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync("""(func (export "main") (drop (call $trap.catch (i32.const 0) (i32.const 0))))""");
        Assert.That(exit.Message, Does.Contain("_lunatic_catch_trap"));
    }

    [Test]
    public async Task Out_of_fuel_is_caught_but_there_is_no_more_to_go_on_with()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync(
            """
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32) (loop $forever (br $forever)) (i32.const 5))
            (func (export "main") (loop $again (drop (call $trap.catch (i32.const 0) (i32.const 0))) (br $again)))
            """,
            new EnvironmentOptions { MaxFuelUnits = 2 });
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.OutOfFuel));
    }

    [Test]
    public async Task A_kill_is_not_caught()
    {
        (ExitReason exit, _) = await GuestHost.RunAsync("""
            (func (export "_lunatic_catch_trap") (param i32 i32) (result i32)
              (call $process.kill (call $process.process_id))
              (call $process.sleep_ms (i64.const -1))
              (i32.const 5))
            (func (export "main") (drop (call $trap.catch (i32.const 0) (i32.const 0))) (call $report (i64.const 1)))
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Killed));
    }
}
