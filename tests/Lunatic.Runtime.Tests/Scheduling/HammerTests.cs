namespace Lunatic.Runtime.Tests.Scheduling;

/// <summary>Everything at once: links, monitors, kills, timeouts, failures. At the end each process is accounted for.</summary>
internal sealed class HammerTests(SchedulerKind kind) : KernelFixture(kind)
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Every_process_ends_and_each_watcher_hears_of_each_end_once(int seed)
    {
        const int Watchers = 4, ChildrenPerWatcher = 400;
        int told = 0;
        LunaticProcess[] watchers = [.. Enumerable.Range(0, Watchers).Select(number => Environment.Spawn(async context =>
        {
            context.TrapExit = true;
            var random = new Random((seed * 100) + number);
            HashSet<ProcessId> living = [];
            List<LunaticProcess> children = [];
            for (int i = 0; i < ChildrenPerWatcher; i++)
            {
                int behaviour = random.Next(5);
                LunaticProcess child = random.Next(3) == 0
                    ? context.SpawnLinked(inner => Behave(inner, behaviour), tag: 9)
                    : context.Spawn(inner => Behave(inner, behaviour));
                context.Monitor(child);
                living.Add(child.Id);
                children.Add(child);
                LunaticProcess other = children[random.Next(children.Count)];
                switch (random.Next(4))
                {
                    case 0:
                        other.Kill();
                        break;
                    case 1:
                        other.Link(child, 3);
                        break;
                    case 2:
                        other.Send(1, [1]);
                        break;
                    default:
                        other.Unlink(child);
                        break;
                }
            }
            foreach (LunaticProcess child in children)
            {
                if (random.Next(2) == 0)
                    child.Kill();
                else
                    child.Send(1, []);
            }
            while (living.Count > 0)
            {
                Message? message = await context.ReceiveAsync(TimeSpan.FromSeconds(50));
                if (message is null)
                    throw new TimeoutException($"no news of {living.Count} processes, among them {string.Join(", ", living.Take(5))}");
                if (message.Kind is MessageKind.ProcessDied && !living.Remove(message.DeadProcess!.Value))
                    throw new InvalidOperationException($"told twice of {message.DeadProcess}");
                if (message.Kind is MessageKind.ProcessDied)
                    Interlocked.Increment(ref told);
            }
        }))];

        foreach (LunaticProcess watcher in watchers)
            Assert.That(Exit(watcher), Is.EqualTo(ExitReason.Returned));
        Assert.That(told, Is.EqualTo(Watchers * ChildrenPerWatcher));
        RunBody(async context =>
        {
            while (Environment.ProcessCount > 1)
                await context.SleepAsync(TimeSpan.FromMilliseconds(1));
        });
    }

    [Test]
    public void Requests_with_short_timeouts_are_answered_or_time_out_but_never_hang()
    {
        LunaticProcess[] servers = [.. Enumerable.Range(0, 3).Select(_ => Environment.Spawn(async context =>
        {
            while (true)
            {
                Message message = await context.ReceiveAsync();
                if (message.Data.Span[0] == 0)
                    await context.SleepAsync(TimeSpan.FromMilliseconds(2));
                context.Reply(message, message.Data);
            }
        }))];
        int answered = 0, timedOut = 0;
        LunaticProcess[] clients = [.. Enumerable.Range(0, 20).Select(number => Environment.Spawn(async _ =>
        {
            for (int i = 0; i < 50; i++)
            {
                try
                {
                    byte payload = (byte)(i % 10);
                    byte[] reply = await servers[(number + i) % servers.Length].RequestAsync([payload], TimeSpan.FromMilliseconds(1 + (i % 3)));
                    Assert.That(reply[0], Is.EqualTo(payload));
                    Interlocked.Increment(ref answered);
                }
                catch (TimeoutException)
                {
                    Interlocked.Increment(ref timedOut);
                }
            }
        }))];

        foreach (LunaticProcess client in clients)
            Assert.That(Exit(client), Is.EqualTo(ExitReason.Returned));
        Assert.That(answered + timedOut, Is.EqualTo(20 * 50));
    }

    [Test]
    public void Receives_with_timeouts_race_with_messages_and_lose_none()
    {
        const int Count = 3000;
        LunaticProcess receiver = Environment.Spawn(async context =>
        {
            int received = 0;
            for (int attempts = 0; received < Count; attempts++)
            {
                Message? message = await context.ReceiveAsync(TimeSpan.FromMilliseconds(1), 1, 2);
                if (message is not null)
                    received++;
            }
        });
        LunaticProcess[] senders = [.. Enumerable.Range(0, 3).Select(number => Environment.Spawn(async context =>
        {
            for (int i = 0; i < Count / 3; i++)
            {
                receiver.Send(1 + (i % 2), []);
                if (i % 50 == number)
                    await context.SleepAsync(TimeSpan.FromMilliseconds(1));
            }
        }))];

        foreach (LunaticProcess sender in senders)
            Assert.That(Exit(sender), Is.EqualTo(ExitReason.Returned));
        Assert.That(Exit(receiver), Is.EqualTo(ExitReason.Returned));
        Assert.That(Environment.UndeliverableMessages, Is.Zero);
    }

    [Test]
    public void Links_asked_for_by_third_parties_while_both_ends_die_are_always_answered()
    {
        for (int round = 0; round < 200; round++)
        {
            LunaticProcess[] pair = [.. Enumerable.Range(0, 2).Select(_ => Environment.Spawn(async context => await context.ReceiveAsync()))];
            LunaticProcess linker = Environment.Spawn(_ =>
            {
                pair[0].Link(pair[1]);
                return Task.CompletedTask;
            });
            pair[round % 2].Kill();

            Exit(linker);
            Assert.That(pair.Select(Exit).All(reason => reason.IsFailure), "one end of the link did not hear of the other's end");
        }
    }

    private static async Task Behave(NativeProcessContext context, int behaviour)
    {
        switch (behaviour)
        {
            case 0:
                return;
            case 1:
                await context.ReceiveAsync(TimeSpan.FromMilliseconds(2), 77);
                break;
            case 2:
                await context.ReceiveAsync();
                throw new InvalidDataException("as planned");
            case 3:
                await Task.Yield();
                await context.ReceiveAsync(1);
                break;
            default:
                context.TrapExit = true;
                while (await context.ReceiveAsync() is { Tag: not 1 })
                {
                }
                break;
        }
    }
}
