using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Tests.Processes;

namespace Lunatic.Runtime.Tests.Signals;

internal sealed class MonitorTests(SchedulerKind kind) : KernelFixture(kind)
{
    [Test]
    public void A_watcher_is_told_once_however_often_it_asked_and_however_the_process_ends()
    {
        RunBody(async context =>
        {
            LunaticProcess[] watched = [context.Spawn(_ => Task.CompletedTask), context.Spawn(async inner => await inner.ReceiveAsync())];
            foreach (LunaticProcess process in watched)
            {
                context.Monitor(process);
                if (!process.HasEnded)
                    context.Monitor(process);
            }
            watched[1].Kill();
            List<ProcessId?> told = [(await context.ReceiveAsync()).DeadProcess, (await context.ReceiveAsync()).DeadProcess];
            Assert.That(told, Is.EquivalentTo(watched.Select(process => (ProcessId?)process.Id)));
        });
    }

    [Test]
    public void The_watcher_of_a_process_that_has_ended_is_told_at_once()
    {
        LunaticProcess ended = Environment.Spawn(_ => Task.CompletedTask);
        Exit(ended);
        RunBody(async context =>
        {
            context.Monitor(ended);
            Message message = await context.ReceiveAsync();
            Assert.That((message.Kind, message.DeadProcess), Is.EqualTo((MessageKind.ProcessDied, ended.Id)));
        });
    }

    [Test]
    public void A_watcher_that_stopped_watching_is_not_told()
    {
        RunBody(async context =>
        {
            LunaticProcess watched = context.Spawn(async inner => await inner.ReceiveAsync());
            context.Monitor(watched);
            watched.StopMonitoring(context.Self);
            watched.Kill();
            await watched.Completion;
            Assert.That(await context.ReceiveAsync(TimeSpan.FromMilliseconds(5)), Is.Null);
        });
    }

    [Test]
    public void A_watcher_that_ends_leaves_no_entry_behind()
    {
        ScriptedProcess watched = ScriptedProcess.Start(Environment, process =>
        {
            if (process.TryReceive([]) is not null)
                process.EndWith(ExitReason.Exited(process.Relations?.WatcherCount ?? 0));
            return SliceOutcome.Waiting;
        });
        LunaticProcess watcher = Environment.Spawn(context =>
        {
            context.Monitor(watched);
            return Task.CompletedTask;
        });
        Exit(watcher);
        watched.Send(1, []);

        Assert.That(Exit(watched), Is.EqualTo(ExitReason.Exited(0)));
    }
}
