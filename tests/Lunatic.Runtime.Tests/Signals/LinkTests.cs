namespace Lunatic.Runtime.Tests.Signals;

internal sealed class LinkTests(SchedulerKind kind) : KernelFixture(kind)
{
    private static async Task WaitForOrders(NativeProcessContext context)
    {
        Message order = await context.ReceiveAsync();
        if (order.Tag == 1)
            throw new InvalidOperationException("ordered to fail");
    }

    [Test]
    public void The_failure_of_a_process_ends_those_that_are_linked_to_it()
    {
        LunaticProcess first = Environment.Spawn(WaitForOrders), second = Environment.Spawn(WaitForOrders);
        first.Link(second);
        second.Send(1, []);

        Assert.That(Exit(second).Kind, Is.EqualTo(ExitKind.Faulted));
        Assert.That(Exit(first), Is.EqualTo(ExitReason.LinkDied(second.Id)));
    }

    [Test]
    public void A_kill_counts_as_a_failure()
    {
        LunaticProcess first = Environment.Spawn(WaitForOrders), second = Environment.Spawn(WaitForOrders);
        first.Link(second);
        first.Kill();

        Assert.That(Exit(second), Is.EqualTo(ExitReason.LinkDied(first.Id)));
    }

    [Test]
    public void A_normal_end_only_removes_the_link()
    {
        LunaticProcess first = Environment.Spawn(WaitForOrders), second = Environment.Spawn(WaitForOrders);
        first.Link(second);
        first.Send(2, []);
        Exit(first);
        second.Send(2, []);

        Assert.That(Exit(second), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void A_process_that_traps_exits_gets_a_message_with_the_tag_of_the_link()
    {
        RunBody(async context =>
        {
            context.TrapExit = true;
            LunaticProcess child = context.SpawnLinked(WaitForOrders, tag: 5);
            child.Send(1, []);
            Message message = await context.ReceiveAsync(5);
            Assert.That(message.Kind, Is.EqualTo(MessageKind.LinkDied));
            Assert.That(message.DeadProcess, Is.EqualTo(child.Id));
            Assert.That(message.DeathReason!.Kind, Is.EqualTo(ExitKind.Faulted));
        });
    }

    [Test]
    public void Linking_again_replaces_the_tag()
    {
        RunBody(async context =>
        {
            context.TrapExit = true;
            LunaticProcess child = context.SpawnLinked(WaitForOrders, tag: 5);
            context.Link(child, 6);
            child.Send(1, []);
            Assert.That((await context.ReceiveAsync()).Tag, Is.EqualTo(6));
            Assert.That(await context.ReceiveAsync(TimeSpan.FromMilliseconds(5)), Is.Null);
        });
    }

    [Test]
    public void A_link_to_a_process_that_has_ended_is_answered_as_a_failure()
    {
        LunaticProcess ended = Environment.Spawn(_ => Task.CompletedTask);
        Exit(ended);
        LunaticProcess dies = Environment.Spawn(async context =>
        {
            context.Link(ended, 3);
            await context.ReceiveAsync();
        });

        Assert.That(Exit(dies), Is.EqualTo(ExitReason.LinkDied(ended.Id)));
        RunBody(async context =>
        {
            context.TrapExit = true;
            context.Link(ended, 3);
            Message message = await context.ReceiveAsync(3);
            Assert.That((message.Kind, message.DeadProcess, message.DeathReason), Is.EqualTo((MessageKind.LinkDied, ended.Id, (ExitReason?)null)));
        });
    }

    [Test]
    public void An_unlinked_process_survives()
    {
        LunaticProcess first = Environment.Spawn(WaitForOrders), second = Environment.Spawn(WaitForOrders);
        first.Link(second);
        second.Unlink(first);
        first.Send(1, []);
        Exit(first);
        second.Send(2, []);

        Assert.That(Exit(second), Is.EqualTo(ExitReason.Returned));
    }

    [Test]
    public void A_link_to_itself_is_harmless()
    {
        RunBody(context =>
        {
            context.Link(context.Self);
            return Task.CompletedTask;
        });
    }

    [Test]
    public void Deaths_cascade_through_a_ring()
    {
        LunaticProcess[] ring = [.. Enumerable.Range(0, 200).Select(_ => Environment.Spawn(WaitForOrders))];
        for (int i = 0; i < ring.Length; i++)
            ring[i].Link(ring[(i + 1) % ring.Length]);
        ring[17].Kill();

        Assert.That(ring.Select(Exit).Count(reason => reason.Kind is ExitKind.LinkDied), Is.EqualTo(ring.Length - 1));
    }

    [Test]
    public void A_process_with_many_links_tells_all_of_them()
    {
        LunaticProcess centre = Environment.Spawn(WaitForOrders);
        LunaticProcess[] others = [.. Enumerable.Range(0, 100).Select(_ => Environment.Spawn(WaitForOrders))];
        foreach (LunaticProcess other in others)
            centre.Link(other);
        foreach (LunaticProcess other in others[..50])
            other.Unlink(centre);
        centre.Kill();

        foreach (LunaticProcess other in others[50..])
            Assert.That(Exit(other), Is.EqualTo(ExitReason.LinkDied(centre.Id)));
        Assert.That(others[..50].Count(other => other.HasEnded), Is.Zero);
    }
}
