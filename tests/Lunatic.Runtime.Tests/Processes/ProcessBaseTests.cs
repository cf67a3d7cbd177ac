using Lunatic.Runtime.Processes;

namespace Lunatic.Runtime.Tests.Processes;

internal sealed class ProcessBaseTests(SchedulerKind kind) : KernelFixture(kind)
{
    [Test]
    public void A_process_that_waits_for_a_deadline_is_woken_when_it_has_come()
    {
        long deadline = 0;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process =>
        {
            if (deadline == 0)
                deadline = process.DeadlineIn(20);
            if (process.HasPassed(deadline))
                process.EndWith(ExitReason.Returned);
            process.WakeAt(deadline);
            return SliceOutcome.Waiting;
        });

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Returned));
        Assert.That(Runtime.Timers.Now, Is.GreaterThanOrEqualTo(deadline));
    }

    [Test]
    public void An_alarm_set_for_an_earlier_deadline_is_moved_to_the_later_one()
    {
        int waits = 0;
        long deadline = 0;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process =>
        {
            if (deadline == 0 || process.TryReceive([]) is not null)
                deadline = process.DeadlineIn(waits++ == 0 ? 30u : 60u);
            if (process.HasPassed(deadline))
                process.EndWith(ExitReason.Exited(waits));
            process.WakeAt(deadline);
            return SliceOutcome.Waiting;
        });
        process.Send(1, []);

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Exited(2)));
        Assert.That(Runtime.Timers.Count, Is.Zero, "timers left");
    }

    [Test]
    public void An_alarm_set_for_a_later_deadline_does_not_delay_an_earlier_one()
    {
        bool first = true;
        long deadline = 0;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process =>
        {
            if (first)
            {
                first = false;
                process.WakeAt(process.DeadlineIn(3_600_000));
                deadline = process.DeadlineIn(10);
            }
            if (process.HasPassed(deadline))
                process.EndWith(ExitReason.Returned);
            process.WakeAt(deadline);
            return SliceOutcome.Waiting;
        });

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void The_end_of_an_outside_operation_wakes_the_process_that_waits_for_it()
    {
        OutsideOperation<int>? operation = null;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process =>
        {
            operation ??= OutsideOperation<int>.Run(process, () => 42);
            if (operation.IsCompleted)
                process.EndWith(ExitReason.Exited(operation.Result));
            return SliceOutcome.Waiting;
        });

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Exited(42)));
    }

    [Test]
    public void The_failure_of_an_outside_operation_is_handed_to_the_process()
    {
        OutsideOperation<int>? operation = null;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process =>
        {
            operation ??= OutsideOperation<int>.Run(process, () => throw new IOException("no such file"));
            if (operation.IsCompleted)
                process.EndWith(ExitReason.Trapped(operation.Failure!.Message));
            return SliceOutcome.Waiting;
        });

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Trapped("no such file")));
    }

    [Test]
    public void An_exception_in_a_slice_ends_the_process_and_its_links_hear_of_it()
    {
        ScriptedProcess linked = ScriptedProcess.Start(Environment, _ => SliceOutcome.Waiting);
        bool linkedYet = false;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process => linkedYet ? throw new InvalidOperationException("broken") : SliceOutcome.Waiting);
        process.Link(linked);
        linkedYet = true;
        process.Wake();

        Assert.That(Exit(process).Kind, Is.EqualTo(ExitKind.Faulted));
        Assert.That(Exit(linked), Is.EqualTo(ExitReason.LinkDied(process.Id)));
        Assert.That((process.Releases, linked.Releases), Is.EqualTo((1, 1)));
    }

    [Test]
    public void A_kill_ends_a_process_that_never_waits()
    {
        var running = new TaskCompletionSource();
        ScriptedProcess process = ScriptedProcess.Start(Environment, _ =>
        {
            running.TrySetResult();
            return SliceOutcome.Yield;
        });
        Run(running.Task, "the first slice");
        process.Kill();

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
        Assert.That(process.Releases, Is.EqualTo(1));
    }

    [Test]
    public void Messages_in_front_of_a_kill_are_not_read_but_counted()
    {
        bool read = false;
        var process = new ScriptedProcess(Environment, process =>
        {
            read |= process.TryReceive([]) is not null;
            return SliceOutcome.Waiting;
        });
        Environment.ThrowIfRefused(Environment.TryPublish(process));
        for (int i = 0; i < 10; i++)
            process.Send(1, [1]);
        process.Kill();
        process.Start();

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Killed));
        Assert.That(read, Is.False);
        Assert.That(Environment.UndeliverableMessages, Is.EqualTo(10));
    }

    [Test]
    public void Resources_of_undelivered_messages_are_released()
    {
        var resource = new Resource();
        ScriptedProcess process = ScriptedProcess.Start(Environment, _ => SliceOutcome.Waiting);
        var message = new Message(1, []);
        message.Attach(resource);
        process.Send(message);
        process.Kill();
        Exit(process);

        Assert.That(resource.IsReleased);
    }

    [Test]
    public void A_skip_search_finds_only_what_arrives_after_its_mark()
    {
        long mark = -1;
        ScriptedProcess process = ScriptedProcess.Start(Environment, process =>
        {
            if (mark < 0)
            {
                process.Send(7, [1]);
                process.Drain();
                mark = process.LastArrival;
                process.Send(7, [2]);
            }
            Message? late = process.TryReceive([7], mark);
            Message? early = process.TryReceive([7]);
            process.EndWith(ExitReason.Exited((late!.Data.Span[0] * 10) + early!.Data.Span[0]));
            return SliceOutcome.Waiting;
        });

        Assert.That(Exit(process), Is.EqualTo(ExitReason.Exited(21)));
    }

    private sealed class Resource : IDisposable
    {
        internal bool IsReleased { get; private set; }

        public void Dispose() => IsReleased = true;
    }
}
