using Lunatic.Runtime.Inspection;
using Lunatic.Runtime.Testing;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Inspection;

internal sealed class ProcessInspectionTests
{
    private const string Nested = """
        (module (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
          (memory 1)
          (func $innermost (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1))))
          (func $middle (call $innermost))
          (func (export "main") (call $middle)))
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestCase(ExecutionMode.Interpreted)]
    [TestCase(ExecutionMode.Compiled)]
    [TestCase(ExecutionMode.Tiered)]
    public async Task A_suspended_guest_shows_its_calls(ExecutionMode mode)
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { ExecutionMode = mode });
        LunaticProcess guest = await runtime.CreateEnvironment().SpawnAsync(await runtime.CompileAsync(System.Text.Encoding.UTF8.GetBytes(Nested)), "main");
        Assert.That(SpinWait.SpinUntil(() => guest.GetSnapshot().State is ProcessState.Receiving, Limit), "the guest does not receive");

        // again and again: a question changes nothing
        for (int i = 0; i < 3; i++)
        {
            ProcessInspection? inspection = await guest.InspectAsync().WaitAsync(Limit);
            Assert.That(inspection!.Stack.Select(static line => line.Split(' ')[0]), Is.EqualTo(new[] { "innermost", "middle", "main" }));
        }
        guest.Send(1, [1]);
        Assert.That(await guest.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
        Assert.That(await guest.InspectAsync(), Is.Null);
    }

    [TestCase(ExecutionMode.Interpreted)]
    [TestCase(ExecutionMode.Compiled)]
    public async Task A_guest_that_runs_answers_behind_its_slice(ExecutionMode mode)
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { ExecutionMode = mode, Workers = 1 });
        LunaticModule module = await runtime.CompileAsync("""(module (func $busy (loop $forever (br $forever))) (func (export "main") (call $busy)))"""u8.ToArray());
        LunaticProcess guest = await runtime.CreateEnvironment().SpawnAsync(module, "main");
        Assert.That(SpinWait.SpinUntil(() => guest.GetSnapshot().FuelUsed > 0, Limit), "the guest does not run");

        ProcessInspection? inspection = await guest.InspectAsync().WaitAsync(Limit);

        Assert.That(inspection!.Stack.Select(static line => line.Split(' ')[0]), Is.EqualTo(new[] { "busy", "main" }));
        guest.Kill();
    }

    [Test]
    public async Task Guests_that_look_for_messages_while_they_are_asked_go_on_and_answer()
    {
        await using var host = new GuestHost();
        LunaticProcess guest = await host.SpawnAsync("""
            (func (export "main") (local $left i32)
              (local.set $left (i32.const 20000))
              (loop $next
                (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 0)))
                (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
              (call $report (i64.const 1)))
            """);
        int answers = 0;
        while (await guest.InspectAsync().WaitAsync(Limit) is { } inspection)
        {
            answers++;
            Assert.That(inspection.Stack, Has.Length.LessThanOrEqualTo(1));
        }

        Assert.That(await GuestHost.WaitForEndAsync(guest), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 1 }));
        TestContext.Out.WriteLine($"{answers} answers");
    }

    [Test]
    public async Task Links_and_monitors_are_told()
    {
        await using var runtime = new DeterministicRuntime(seed: 3);
        LunaticEnvironment environment = runtime.Runtime.CreateEnvironment();
        LunaticProcess process = environment.Spawn(WaitAsync), linked = environment.Spawn(WaitAsync), watcher = environment.Spawn(WaitAsync), watched = environment.Spawn(WaitAsync);
        process.Link(linked);
        process.Monitor(watcher);
        watched.Monitor(process);

        ProcessInspection? inspection = runtime.Run(process.InspectAsync());

        Assert.That(inspection!.Stack, Is.Empty);
        Assert.That((inspection.Links.Single(), inspection.Watchers.Single(), inspection.Watched.Single()), Is.EqualTo((linked.Id, watcher.Id, watched.Id)));
    }

    [Test]
    public async Task A_question_to_a_body_that_does_not_come_back_can_be_given_up()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        using ManualResetEventSlim go = new(), begun = new();
        LunaticProcess stuck = runtime.CreateEnvironment().Spawn(_ =>
        {
            begun.Set();
            go.Wait(Limit);
            return Task.CompletedTask;
        });
        Assert.That(begun.Wait(Limit), "the body did not begin");
        using CancellationTokenSource impatience = new();
        Task<ProcessInspection?> question = stuck.InspectAsync(impatience.Token);
        await impatience.CancelAsync();

        Assert.CatchAsync<OperationCanceledException>(() => question);
        go.Set();
        Assert.That(await stuck.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Returned));
    }

    private static async Task WaitAsync(NativeProcessContext context) => await context.ReceiveAsync(tags: [99]);
}
