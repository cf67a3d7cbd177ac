using Lunatic.Runtime.Supervision;
using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests.Supervision;

/// <summary>Restart limits and back-off, in virtual time.</summary>
internal sealed class RestartLimitTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_supervisor_gives_up_after_too_many_restarts_in_its_period_and_says_why()
    {
        await using DeterministicRuntime runtime = new(seed: 1);
        LunaticEnvironment environment = runtime.Runtime.CreateEnvironment();
        Supervisor supervisor = runtime.Run(environment.SuperviseAsync("shop", tree => tree
            .WithRestartLimit(2, 5 * Second).AddProcess("steady", Forever).AddProcess("crashing", _ => throw new InvalidDataException("broken"))));

        ExitReason exit = runtime.Run(supervisor.Completion);

        var failure = (SupervisorGaveUpException)exit.Exception!;
        Assert.That((failure.Supervisor, failure.Child, failure.ChildReason.Kind), Is.EqualTo(("shop", "crashing", ExitKind.Faulted)));
        Assert.That(failure.ChildReason.Exception, Is.InstanceOf<InvalidDataException>());
        Assert.That(exit.Message, Does.Contain("'shop' gave up: more than 2 restarts within 00:00:05").And.Contain("'crashing'").And.Contain("broken"));
        Assert.That(supervisor["crashing"].Restarts, Is.EqualTo(2));
        runtime.RunUntilIdle();
        Assert.That(environment.ProcessCount, Is.Zero, "what is left of the children");
    }

    [Test]
    public async Task Restarts_that_lie_further_apart_than_the_period_are_no_reason_to_give_up()
    {
        await using DeterministicRuntime runtime = new(seed: 1);
        Supervisor supervisor = runtime.Run(runtime.Runtime.CreateEnvironment().SuperviseAsync("patient", tree => tree.WithRestartLimit(1, Second).AddProcess("child", Forever)));
        for (int i = 1; i <= 10; i++)
        {
            supervisor["child"].Current!.Kill();
            runtime.Advance(Second);
            Assert.That(supervisor["child"].Restarts, Is.EqualTo(i));
        }
        Assert.That(supervisor.Completion.IsCompleted, Is.False);
    }

    [Test]
    public async Task The_back_off_grows_and_begins_anew_when_the_child_has_run_for_the_period()
    {
        await using DeterministicRuntime runtime = new(seed: 1);
        List<double> restarts = [];
        TimeSpan origin = TimeSpan.Zero;
        Supervisor supervisor = runtime.Run(runtime.Runtime.CreateEnvironment().SuperviseAsync("slow", tree => tree
            .WithRestartLimit(100, 60 * Second)
            .WithBackoff(RestartBackoff.Exponential(Second, maximum: 5 * Second))
            .OnEvent(happened => NoteRestart(happened.Kind))
            .AddProcess("child", Forever)));

        for (int i = 0; i < 4; i++)
            KillAndAdvance(10 * Second);
        runtime.Advance(60 * Second);
        KillAndAdvance(10 * Second);

        Assert.That(restarts, Is.EqualTo(new double[] { 1, 2, 4, 5, 1 }));

        void KillAndAdvance(TimeSpan time)
        {
            origin = runtime.Time.Elapsed;
            supervisor["child"].Current!.Kill();
            runtime.RunUntilIdle();
            Assert.That((supervisor["child"].State, supervisor["child"].Current), Is.EqualTo((ChildState.Restarting, (LunaticProcess?)null)));
            runtime.Advance(time);
        }

        void NoteRestart(SupervisorEventKind kind)
        {
            if (kind is SupervisorEventKind.Restarted)
                restarts.Add((runtime.Time.Elapsed - origin).TotalSeconds);
        }
    }

    [Test]
    public async Task While_one_child_waits_for_its_restart_the_others_are_looked_after()
    {
        await using DeterministicRuntime runtime = new(seed: 1);
        Supervisor supervisor = runtime.Run(runtime.Runtime.CreateEnvironment().SuperviseAsync("busy", tree => tree
            .WithBackoff(RestartBackoff.Custom(_ => 10 * Second)).AddProcess("a", Forever).AddProcess("b", Forever)));

        supervisor["a"].Current!.Kill();
        runtime.Advance(5 * Second);
        supervisor["b"].Current!.Kill();
        runtime.Advance(5 * Second);
        Assert.That(supervisor.Children.Select(child => child.State), Is.EqualTo(new[] { ChildState.Running, ChildState.Restarting }));
        runtime.Advance(5 * Second);
        Assert.That(supervisor["b"].State, Is.EqualTo(ChildState.Running));
    }

    [Test]
    public async Task The_reason_of_a_tree_that_gave_up_leads_to_the_child_at_its_bottom()
    {
        await using DeterministicRuntime runtime = new(seed: 1);
        Supervisor root = runtime.Run(runtime.Runtime.CreateEnvironment().SuperviseAsync("root", tree => tree
            .WithRestartLimit(1, 60 * Second)
            .AddSupervisor("inner", inner => inner.WithRestartLimit(0, Second).AddProcess("leaf", async context =>
            {
                await context.SleepAsync(Second);
                throw new InvalidDataException("broken");
            }))));

        ExitReason exit = runtime.Run(root.Completion);

        var inner = (SupervisorGaveUpException)((SupervisorGaveUpException)exit.Exception!).ChildReason.Exception!;
        Assert.That((inner.Supervisor, inner.Child, inner.ChildReason.Exception!.Message), Is.EqualTo(("inner", "leaf", "broken")));
        Assert.That(root["inner"].Restarts, Is.EqualTo(1));
    }

    private static async Task Forever(NativeProcessContext context)
    {
        while (true)
            await context.ReceiveAsync(context.StopRequested);
    }
}
