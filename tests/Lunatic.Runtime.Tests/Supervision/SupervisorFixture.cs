using System.Collections.Concurrent;
using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.Tests.Supervision;

/// <summary>Supervisors whose events are kept, and children that wait until they are stopped.</summary>
public abstract class SupervisorFixture(SchedulerKind kind) : KernelFixture(kind)
{
    private readonly ConcurrentQueue<string> _events = new();
    private TaskCompletionSource? _event;

    /// <summary>What happened so far, for example <c>Started a</c>.</summary>
    protected IReadOnlyCollection<string> Events => _events;

    [SetUp]
    public void ForgetEvents() => _events.Clear();

    protected Supervisor Supervise(Action<SupervisorBuilder> build) =>
        Run(Environment.SuperviseAsync("tested", tree => build(tree.OnEvent(Note))), "the start of the supervisor");

    /// <summary>Kills the child's process and waits until the child runs again.</summary>
    protected LunaticProcess KillAndAwait(ChildHandle child, string what)
    {
        LunaticProcess before = child.Current!;
        Task again = NextEvent($"Restarted {child.Name}");
        before.Kill();
        Run(again, what);
        Assert.That(child.Current, Is.Not.SameAs(before).And.Not.Null);
        return child.Current!;
    }

    /// <summary>Completes when an event happens; to be called before what triggers it.</summary>
    protected Task NextEvent(string text)
    {
        int seen = _events.Count;
        return Wait();

        async Task Wait()
        {
            while (!_events.Skip(seen).Contains(text))
            {
                TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                Volatile.Write(ref _event, next);
                Interlocked.MemoryBarrier();
                if (!_events.Skip(seen).Contains(text))
                    await next.Task;
            }
        }
    }

    /// <summary>A body that waits until it is asked to end.</summary>
    protected static async Task UntilStopped(NativeProcessContext context)
    {
        while (true)
            await context.ReceiveAsync(context.StopRequested);
    }

    protected void Note(SupervisorEvent @event)
    {
        _events.Enqueue($"{@event.Kind} {@event.Child.Name}");
        Interlocked.MemoryBarrier();
        Interlocked.Exchange(ref _event, null)?.SetResult();
    }
}
