using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.Tests.Supervision;

internal sealed class RestartStrategyTests(SchedulerKind kind) : SupervisorFixture(kind)
{
    [TestCase(RestartStrategy.OneForOne, "Ended b, Restarted b")]
    [TestCase(RestartStrategy.OneForAll, "Ended b, Stopped c, Stopped a, Restarted a, Restarted b, Restarted c")]
    [TestCase(RestartStrategy.RestForOne, "Ended b, Stopped c, Restarted b, Restarted c")]
    public void The_strategy_decides_who_is_restarted_and_in_which_order(RestartStrategy strategy, string expected)
    {
        Supervisor supervisor = Supervise(tree => tree.WithStrategy(strategy).AddProcess("a", UntilStopped).AddProcess("b", UntilStopped).AddProcess("c", UntilStopped));
        int before = Events.Count;
        Task last = NextEvent(expected.Split(", ")[^1]);

        supervisor["b"].Current!.Kill();
        Run(last, expected);

        Assert.That(string.Join(", ", Events.Skip(before)), Is.EqualTo(expected));
        Assert.That(supervisor.Children.Select(child => child.State), Is.All.EqualTo(ChildState.Running));
        Assert.That(supervisor["b"].LastExit, Is.EqualTo(ExitReason.Killed));
        Assert.That(supervisor["b"].Restarts, Is.EqualTo(1));
    }

    [Test]
    public void Children_start_from_the_first_to_the_last_and_stop_from_the_last_to_the_first()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("a", UntilStopped).AddProcess("b", UntilStopped));

        Run(supervisor.StopAsync(), "the end of the supervisor");

        Assert.That(Events, Is.EqualTo(new[] { "Started a", "Started b", "Stopped b", "Stopped a" }));
        Assert.That(Run(supervisor.Completion, "completion"), Is.EqualTo(ExitReason.Returned));
        Assert.That(supervisor["a"].LastExit, Is.EqualTo(ExitReason.Returned), "it was asked, not killed");
    }

    [TestCase(RestartPolicy.Permanent, false, ChildState.Running)]
    [TestCase(RestartPolicy.Permanent, true, ChildState.Running)]
    [TestCase(RestartPolicy.Transient, false, ChildState.Stopped)]
    [TestCase(RestartPolicy.Transient, true, ChildState.Running)]
    [TestCase(RestartPolicy.Temporary, false, ChildState.Removed)]
    [TestCase(RestartPolicy.Temporary, true, ChildState.Removed)]
    public void The_policy_decides_after_which_ends_a_child_is_restarted(RestartPolicy policy, bool fails, ChildState expected)
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("child", EndOnMail, child => child.Restart = policy));
        ChildHandle child = supervisor["child"];
        Task decided = expected is ChildState.Running ? NextEvent("Restarted child") : NextEvent("Ended child");

        child.Current!.Send(tag: fails ? 1 : 2, []);
        Run(decided, "the end of the child");
        // the supervisor has decided when it has carried out what comes behind the end
        Run(supervisor.AddProcessAsync("marker", UntilStopped), "another child");

        Assert.That(child.State, Is.EqualTo(expected));
        Assert.That(child.LastExit!.IsFailure, Is.EqualTo(fails));
        Assert.That(supervisor.TryGetChild("child", out _), Is.EqualTo(expected is not ChildState.Removed));
    }

    [Test]
    public void A_name_is_registered_again_after_a_restart()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("child", UntilStopped, child => child.RegisterAs = "known"));
        Assert.That(Environment.FindProcess("known"), Is.SameAs(supervisor["child"].Current));

        LunaticProcess after = KillAndAwait(supervisor["child"], "the restart");

        Assert.That(Environment.FindProcess("known"), Is.SameAs(after));
    }

    private static async Task EndOnMail(NativeProcessContext context)
    {
        if ((await context.ReceiveAsync()).Tag == 1)
            throw new InvalidOperationException("as asked");
    }
}
