namespace Lunatic.Runtime.Tests.Environments;

internal sealed class LunaticEnvironmentTests(SchedulerKind kind) : KernelFixture(kind)
{
    private static async Task WaitForMail(NativeProcessContext context) => await context.ReceiveAsync();

    [Test]
    public void Process_numbers_count_from_one_and_are_never_reused()
    {
        LunaticProcess first = Environment.Spawn(_ => Task.CompletedTask);
        Exit(first);
        LunaticProcess second = Environment.Spawn(_ => Task.CompletedTask);

        Assert.That((first.Id, second.Id), Is.EqualTo((new ProcessId(Environment.Id, 1), new ProcessId(Environment.Id, 2))));
    }

    [Test]
    public void Spawning_beyond_the_limit_fails_until_a_process_ends()
    {
        LunaticEnvironment small = Runtime.CreateEnvironment(new EnvironmentOptions { MaxProcesses = 2 });
        LunaticProcess[] processes = [small.Spawn(WaitForMail), small.Spawn(WaitForMail)];

        Assert.That(() => small.Spawn(WaitForMail), Throws.InstanceOf<LimitExceededException>().With.Property(nameof(LimitExceededException.LimitName)).EqualTo("MaxProcesses"));
        processes[0].Kill();
        Exit(processes[0]);
        RunUntilCount(small, 1);
        Assert.That(small.Spawn(WaitForMail).Id.LocalId, Is.EqualTo(4), "a failed spawn uses up a number");
    }

    [Test]
    public void Thousands_of_processes_come_and_go()
    {
        for (int round = 0; round < 3; round++)
        {
            LunaticProcess[] processes = [.. Enumerable.Range(0, 3000).Select(_ => Environment.Spawn(WaitForMail))];
            Assert.That(Environment.Processes, Has.Count.EqualTo(3000));
            Assert.That(processes.All(process => Environment.FindProcess(process.Id.LocalId) == process));
            foreach (LunaticProcess process in processes)
                process.Send(1, []);
            foreach (LunaticProcess process in processes)
                Exit(process);
            RunUntilCount(Environment, 0);
        }
    }

    [Test]
    public void Messages_to_the_dead_are_counted()
    {
        LunaticProcess process = Environment.Spawn(_ => Task.CompletedTask);
        Exit(process);

        Assert.That(process.Send(1, []), Is.False);
        Assert.That(Environment.UndeliverableMessages, Is.EqualTo(1));
    }

    [Test]
    public void A_disposed_environment_has_ended_its_processes_and_takes_no_more()
    {
        LunaticEnvironment environment = Runtime.CreateEnvironment();
        LunaticProcess[] processes = [.. Enumerable.Range(0, 100).Select(_ => environment.Spawn(WaitForMail))];
        Run(environment.DisposeAsync().AsTask(), "the disposal");

        Assert.That(processes.Select(Exit), Has.All.EqualTo(ExitReason.Killed));
        Assert.That(() => environment.Spawn(WaitForMail), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(Runtime.Environments, Does.Not.Contain(environment));
    }

    [Test]
    public void The_disposal_names_those_that_do_not_end()
    {
        LunaticEnvironment environment = Runtime.CreateEnvironment(new EnvironmentOptions { Name = "stubborn", DisposalTimeout = TimeSpan.FromMilliseconds(50) });
        var never = new TaskCompletionSource();
        var waiting = new TaskCompletionSource();
        LunaticProcess process = environment.Spawn(async _ =>
        {
            waiting.SetResult();
            await never.Task;
        });
        environment.Register("a/b/c/mule", process);
        Run(waiting.Task, "the body's wait");
        Run(environment.DisposeAsync().AsTask(), "the disposal");

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
        Assert.That(Logs.Lines, Has.Some.StartsWith("Environment stubborn is disposed of, but 1 processes have not ended"));
        never.SetResult();
    }

    [Test]
    public void Options_are_copied_and_checked()
    {
        var options = new EnvironmentOptions { AllowedNamespaces = { "lunatic::message" } };
        LunaticEnvironment environment = Runtime.CreateEnvironment(options);
        options.AllowedNamespaces.Add("lunatic::process");

        Assert.That(environment.Options.AllowedNamespaces, Is.EqualTo(new[] { "lunatic::message" }));
        Assert.That(new EnvironmentOptions().AllowedNamespaces.Allows("anything"));
        Assert.That(new EnvironmentOptions { AllowedNamespaces = [] }.AllowedNamespaces.Allows("anything"), Is.False);
        Assert.That(() => Runtime.CreateEnvironment(new EnvironmentOptions { MaxProcesses = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // A process is counted until it has released everything, a moment after its completion.
    private void RunUntilCount(LunaticEnvironment environment, int count)
    {
        RunBodyIn(Runtime.CreateEnvironment(), async context =>
        {
            while (environment.ProcessCount != count)
                await context.SleepAsync(TimeSpan.FromMilliseconds(1));
        });
    }

    private void RunBodyIn(LunaticEnvironment environment, Func<NativeProcessContext, Task> body) => Assert.That(Exit(environment.Spawn(body)), Is.EqualTo(ExitReason.Returned));
}
