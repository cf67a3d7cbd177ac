using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.Tests.Supervision;

internal sealed class DynamicChildrenTests(SchedulerKind kind) : SupervisorFixture(kind)
{
    [Test]
    public void Children_come_and_go_while_the_supervisor_runs()
    {
        Supervisor supervisor = Supervise(_ => { });

        ChildHandle child = Run(supervisor.AddProcessAsync("late", UntilStopped), "the child");
        LunaticProcess first = child.Current!;
        Run(supervisor.RestartChildAsync("late"), "the restart");
        Assert.That((child.State, child.Restarts, first.HasEnded), Is.EqualTo((ChildState.Running, 1, true)));
        Assert.That(child.Current, Is.Not.SameAs(first));

        Run(supervisor.TerminateChildAsync("late"), "the end of the child");
        Assert.That((child.State, child.Current), Is.EqualTo((ChildState.Stopped, (LunaticProcess?)null)));
        Run(supervisor.RestartChildAsync("late"), "the child again");
        Assert.That(child.State, Is.EqualTo(ChildState.Running));

        Run(supervisor.RemoveChildAsync("late"), "the removal");
        Assert.That((child.State, supervisor.Children.Count), Is.EqualTo((ChildState.Removed, 0)));
        Assert.Throws<KeyNotFoundException>(() => supervisor.RemoveChildAsync("late"));
    }

    [Test]
    public void A_terminated_child_stays_down_when_its_siblings_are_restarted()
    {
        Supervisor supervisor = Supervise(tree => tree.WithStrategy(RestartStrategy.OneForAll).AddProcess("a", UntilStopped).AddProcess("b", UntilStopped));
        Run(supervisor.TerminateChildAsync("b"), "the end of b");

        KillAndAwait(supervisor["a"], "the restart of a");

        Assert.That(supervisor["b"].State, Is.EqualTo(ChildState.Stopped));
    }

    [Test]
    public void A_name_is_given_once()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("a", UntilStopped));

        Assert.ThrowsAsync<ArgumentException>(() => Task.FromResult(Run(supervisor.AddProcessAsync("a", UntilStopped), "the refusal")));
        Assert.That(supervisor["a"].State, Is.EqualTo(ChildState.Running));
    }

    [Test]
    public void What_is_asked_of_a_supervisor_that_has_ended_fails()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("a", UntilStopped));
        ChildHandle child = supervisor["a"];
        Run(supervisor.StopAsync(), "the end of the supervisor");

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => Run(supervisor.AddProcessAsync("b", UntilStopped), "the refusal"))!;
        Assert.That(failure.Message, Does.Contain("'tested' has ended"));
        Assert.Throws<InvalidOperationException>(() => Run(child.WaitUntilRunningAsync(), "the refusal"));
    }

    [Test]
    public void The_tree_can_be_looked_at()
    {
        Supervisor supervisor = Supervise(tree => tree.AddProcess("a", UntilStopped).AddSupervisor("inner", inner => inner.WithStrategy(RestartStrategy.OneForAll).AddProcess("leaf", UntilStopped)));
        KillAndAwait(supervisor["a"], "the restart of a");

        SupervisorSnapshot snapshot = supervisor.GetSnapshot();

        Assert.That((snapshot.Name, snapshot.ProcessId, snapshot.Strategy, snapshot.Exit), Is.EqualTo(("tested", supervisor.Process.Id, RestartStrategy.OneForOne, (ExitReason?)null)));
        ChildSnapshot a = snapshot.Children[0], inner = snapshot.Children[1], leaf = inner.Supervisor!.Children[0];
        Assert.That((a.Name, a.Kind, a.State, a.ProcessId, a.Restarts, a.LastExit), Is.EqualTo(("a", ChildKind.Process, ChildState.Running, (ProcessId?)supervisor["a"].Current!.Id, 1, ExitReason.Killed)));
        Assert.That((inner.Kind, inner.Supervisor.Strategy, leaf.Name, leaf.State), Is.EqualTo((ChildKind.Supervisor, RestartStrategy.OneForAll, "leaf", ChildState.Running)));
        Assert.That(Environment.Supervisors, Is.EqualTo(new[] { supervisor }));
    }
}
