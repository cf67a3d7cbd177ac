using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.Tests.Supervision;

internal sealed class StoppingTests(SchedulerKind kind) : SupervisorFixture(kind)
{
    [Test]
    public void A_child_that_does_not_end_in_time_is_killed()
    {
        TaskCompletionSource running = new();
        Supervisor supervisor = Supervise(tree => tree.AddProcess("deaf", context => IgnoreStop(context, running), child => child.StopTimeout = TimeSpan.FromMilliseconds(20)));
        Run(running.Task, "the first slice of the child");

        Run(supervisor.StopAsync(), "the end of the supervisor");

        Assert.That(supervisor["deaf"].LastExit, Is.EqualTo(ExitReason.Killed));
        Assert.That(Logs.Lines, Has.Some.Contains("kills child deaf"));
    }

    [Test]
    public void A_body_that_never_asked_for_the_token_is_killed_at_once()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("plain", static async context => await context.ReceiveAsync(), child => child.StopTimeout = Timeout.InfiniteTimeSpan));

        Run(supervisor.StopAsync(), "the end of the supervisor");

        Assert.That(supervisor["plain"].LastExit, Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public void A_body_may_clean_up_when_it_is_asked_to_end()
    {
        bool cleaned = false;
        TaskCompletionSource running = new();
        Supervisor supervisor = Supervise(tree => tree.AddProcess("tidy", async context =>
        {
            try
            {
                Task stopped = UntilStopped(context);
                running.SetResult();
                await stopped;
            }
            finally
            {
                await context.SleepAsync(TimeSpan.FromMilliseconds(1));
                cleaned = true;
            }
        }));
        Run(running.Task, "the first slice of the child");

        Run(supervisor.StopAsync(), "the end of the supervisor");

        Assert.That((cleaned, supervisor["tidy"].LastExit), Is.EqualTo((true, ExitReason.Returned)));
    }

    [Test]
    public void Giving_up_to_wait_kills_the_whole_tree()
    {
        TaskCompletionSource running = new();
        Supervisor supervisor = Supervise(tree => tree.AddSupervisor("inner", inner => inner.AddProcess("deaf", context => IgnoreStop(context, running), child => child.StopTimeout = Timeout.InfiniteTimeSpan)));
        LunaticProcess deaf = supervisor["inner"].Supervisor!["deaf"].Current!;
        Run(running.Task, "the first slice of the child");
        using CancellationTokenSource patience = new();
        Task stopping = supervisor.StopAsync(patience.Token);
        patience.Cancel();

        Run(stopping, "the end of the supervisor");

        Assert.That(Exit(deaf), Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public void Whoever_kills_the_supervisor_kills_its_children()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("child", UntilStopped).AddSupervisor("inner", inner => inner.AddProcess("leaf", UntilStopped)));
        LunaticProcess child = supervisor["child"].Current!;
        LunaticProcess leaf = supervisor["inner"].Supervisor!["leaf"].Current!;

        supervisor.Process.Kill();

        Assert.That(Exit(child), Is.EqualTo(ExitReason.Killed));
        Assert.That(Exit(leaf), Is.EqualTo(ExitReason.Killed));
        Assert.That(Exit(supervisor.Process), Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public void A_supervisor_takes_no_messages_and_survives_those_who_link_themselves_to_it()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("child", UntilStopped));
        Assert.That(supervisor.Process.Send(1, [1]), Is.False);
        LunaticProcess linked = Environment.Spawn(async context =>
        {
            context.Link(supervisor.Process);
            await context.ReceiveAsync();
            throw new InvalidOperationException("as asked");
        });

        linked.Send(1, []);
        Exit(linked);
        KillAndAwait(supervisor["child"], "the restart");

        Assert.That(supervisor.Process.HasEnded, Is.False);
    }

    private static async Task IgnoreStop(NativeProcessContext context, TaskCompletionSource running)
    {
        _ = context.StopRequested;
        running.SetResult();
        while (true)
            await context.ReceiveAsync();
    }
}
