using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.Tests.Supervision;

/// <summary>Children that are guests, and children that cannot be started.</summary>
internal sealed class StartFailureTests(SchedulerKind kind) : SupervisorFixture(kind)
{
    private const string Waiting = """(module (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32))) (memory 1) (func (export "serve") (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))) (func (export "sum") (param i32 i64) unreachable))""";
    private const string Failing = """(module (func $start unreachable) (start $start) (func (export "_start")))""";
    private const string Starting = """(module (func $start nop) (start $start) (func (export "_start") (loop (br 0))))""";

    [Test]
    public void Guests_are_restarted_and_stopped_by_a_message()
    {
        LunaticModule module = Compile(Waiting);
        Supervisor supervisor = Supervise(tree => tree.AddGuest("guest", module, "serve", configure: child =>
        {
            child.StopMessage = static () => new Message(1, []);
            child.RegisterAs = "guest";
        }));

        LunaticProcess again = KillAndAwait(supervisor["guest"], "the restart");
        Assert.That(Environment.FindProcess("guest"), Is.SameAs(again));
        Run(supervisor.StopAsync(), "the end of the supervisor");

        Assert.That(supervisor["guest"].LastExit, Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void A_guest_with_a_start_function_runs_when_that_has_returned()
    {
        LunaticModule module = Compile(Starting);
        Supervisor supervisor = Supervise(tree => tree.AddGuest("guest", module));

        Assert.That(supervisor["guest"].State, Is.EqualTo(ChildState.Running));
        Run(supervisor.StopAsync(), "the end of the supervisor");
        Assert.That(supervisor["guest"].LastExit, Is.EqualTo(ExitReason.Killed));
    }

    [Test]
    public void A_tree_is_not_started_when_a_child_cannot_be()
    {
        LunaticModule module = Compile(Failing);
        LunaticProcess? first = null;

        ChildStartException failure = Assert.Throws<ChildStartException>(() => Supervise(tree => tree
            .AddProcess("first", context => UntilStopped(Keep(context)))
            .AddSupervisor("inner", inner => inner.AddGuest("guest", module))))!;

        Assert.That((failure.Supervisor, failure.Child), Is.EqualTo(("tested", "inner")));
        Assert.That(((ChildStartException)failure.InnerException!).Child, Is.EqualTo("guest"));
        Assert.That(Events, Is.EqualTo(new[] { "Started first", "StartFailed inner", "Stopped first" }));
        if (first is not null)
            Exit(first);

        NativeProcessContext Keep(NativeProcessContext context)
        {
            first = context.Self;
            return context;
        }
    }

    [Test]
    public void Restarts_that_fail_count_and_lead_to_giving_up()
    {
        LunaticEnvironment other = Runtime.CreateEnvironment();
        Supervisor supervisor = Supervise(tree => tree.WithRestartLimit(2, TimeSpan.FromMinutes(1)).AddProcess("child", UntilStopped, child => child.Environment = other));

        // ends the child, and lets no other process begin
        Run(other.DisposeAsync().AsTask(), "the end of the environment");

        var failure = (SupervisorGaveUpException)Exit(supervisor.Process).Exception!;
        Assert.That(failure.ChildReason.Exception, Is.InstanceOf<ObjectDisposedException>());
        Assert.That(Events.Count(text => text == "StartFailed child"), Is.EqualTo(2));
    }

    [Test]
    public void A_child_that_cannot_be_started_by_hand_is_down()
    {
        LunaticEnvironment small = Runtime.CreateEnvironment(new EnvironmentOptions { MaxProcesses = 1 });
        Supervisor supervisor = Supervise(tree => tree.AddProcess("child", UntilStopped, child => child.Environment = small));
        ChildHandle child = supervisor["child"];
        Run(supervisor.TerminateChildAsync("child"), "the end of the child");
        RunUntilEmpty(small);
        LunaticProcess squatter = small.Spawn(UntilStopped);

        ChildStartException failure = Assert.Throws<ChildStartException>(() => Run(supervisor.RestartChildAsync("child"), "the refusal"))!;

        Assert.That(failure.InnerException, Is.InstanceOf<LimitExceededException>());
        Assert.That((child.State, child.LastExit!.Exception), Is.EqualTo((ChildState.Stopped, failure.InnerException)));
        squatter.Kill();
        Exit(squatter);
    }

    [Test]
    public void Wrong_children_are_refused_when_they_are_described()
    {
        LunaticModule module = Compile(Waiting);

        Assert.ThrowsAsync<ArgumentException>(() => Environment.SuperviseAsync("x", tree => tree.AddGuest("guest", module, "sum")));
        Assert.ThrowsAsync<ArgumentException>(() => Environment.SuperviseAsync("x", tree => tree.AddGuest("guest", module, "missing")));
        Assert.ThrowsAsync<ArgumentException>(() => Environment.SuperviseAsync("x", tree => tree.AddProcess("a", UntilStopped).AddProcess("a", UntilStopped)));
        Assert.ThrowsAsync<ArgumentException>(() => Environment.SuperviseAsync("x", tree => tree.AddProcess("a", UntilStopped, child => child.StopMessage = () => new Message(1, []))));
        Assert.ThrowsAsync<ArgumentException>(() => Environment.SuperviseAsync("x", tree => tree.AddSupervisor("a", _ => { }, child => child.RegisterAs = "a")));
        Assert.That(Environment.ProcessCount, Is.Zero);
    }

    [Test]
    public void A_cancelled_start_leaves_nothing_behind()
    {
        LunaticModule endless = Compile("""(module (func $start (loop (br 0))) (start $start) (func (export "_start")))""");
        using CancellationTokenSource patience = new();
        Task<Supervisor> starting = Environment.SuperviseAsync("tested", tree => tree.AddProcess("a", UntilStopped).AddProcess("b", context =>
        {
            patience.Cancel();
            return UntilStopped(context);
        }).AddGuest("endless", endless).OnEvent(Note), patience.Token);

        Assert.Catch<OperationCanceledException>(() => Run(starting, "the cancellation"));
        Assert.That(Events.Where(text => text.StartsWith("Stopped", StringComparison.Ordinal)), Is.EqualTo(new[] { "Stopped b", "Stopped a" }));
    }

    private void RunUntilEmpty(LunaticEnvironment environment)
    {
        foreach (LunaticProcess process in environment.Processes)
            Exit(process);
        Assert.That(SpinWait.SpinUntil(() => environment.ProcessCount == 0, Limit), "the child's room was not given back");
    }

    private LunaticModule Compile(string text) => Run(Runtime.CompileAsync(System.Text.Encoding.UTF8.GetBytes(text)), "the module");
}
