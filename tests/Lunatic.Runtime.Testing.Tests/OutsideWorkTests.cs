using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Lunatic.Runtime.Testing.Tests.Guests;

namespace Lunatic.Runtime.Testing.Tests;

/// <summary>What goes on behind the scheduler's back is an error; what only looks like it is not.</summary>
internal sealed class OutsideWorkTests
{
    private static async Task<Exception> FailureOf(Func<DeterministicRuntime, Task> test)
    {
        try
        {
            await DeterministicRuntime.RunAsync(1, test);
        }
        catch (SeedFailedException failed)
        {
            return failed.InnerException!;
        }
        throw new AssertionException("the run did not fail");
    }

    /// <summary>What is awaited on another thread, which is through before the body goes on to wait.</summary>
    private sealed class OtherThread : INotifyCompletion
    {
        public bool IsCompleted => false;

        public OtherThread GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation)
        {
            SynchronizationContext context = SynchronizationContext.Current!;
            Thread thread = new(() => context.Post(_ => continuation(), null));
            thread.Start();
            thread.Join();
        }
    }

    [Test]
    public async Task A_process_that_waits_for_another_thread_is_an_error()
    {
        Exception failure = await FailureOf(async test => await test.CreateEnvironment().Spawn(async _ => await new OtherThread()).Completion);

        Assert.That(failure, Is.InstanceOf<OutsideWorkException>());
        Assert.That(failure.Message, Does.Contain("process 1.1 was woken by another thread"));
    }

    [Test]
    public async Task A_test_that_waits_for_another_thread_is_an_error()
    {
        Exception failure = await FailureOf(async _ => await new OtherThread());

        Assert.That(failure, Is.InstanceOf<OutsideWorkException>());
        Assert.That(failure.Message, Does.Contain("the test's body was woken by another thread"));
    }

    [Test]
    public async Task It_can_be_allowed()
    {
        int result = 0;
        await DeterministicRuntime.RunAsync(
            1,
            async test =>
            {
                await test.CreateEnvironment().Spawn(async _ =>
                {
                    await new OtherThread();
                    result += await Task.Run(() => 1);
                }).Completion;
                await new OtherThread();
                result += await Task.Run(() => 2);
            },
            new DeterministicOptions { AllowOutsideWork = true });

        Assert.That(result, Is.EqualTo(3));
    }

    [Test]
    public async Task Guests_have_no_sockets()
    {
        ExitReason? reason = null;
        await DeterministicRuntime.RunAsync(1, async test => reason = await (await test.CreateEnvironment().SpawnAsync(TestGuests.Listener, "serve")).Completion);

        Assert.That(reason!.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(reason.Message, Does.Contain("no sockets").And.Contain(nameof(DeterministicOptions.AllowOutsideWork)));
    }

    [Test]
    public async Task Tasks_of_the_runtime_go_on_in_the_run_however_they_are_awaited([Range(1, 30)] int seed)
    {
        List<string> first = await RunAsync(), second = await RunAsync();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(first, Has.Count.EqualTo(8));

        async Task<List<string>> RunAsync()
        {
            List<string> done = [];
            await DeterministicRuntime.RunAsync(seed, async test =>
            {
                LunaticEnvironment environment = test.CreateEnvironment();
                LunaticProcess echo = environment.Spawn(async context =>
                {
                    await foreach (Message message in context.ReadAllAsync())
                        context.Reply(message, message.Data);
                });
                LunaticProcess[] some = [.. Enumerable.Range(0, 3).Select(_ => environment.Spawn(async context => await context.SleepAsync(TimeSpan.FromMilliseconds(1))))];
                Channel<int> channel = Channel.CreateUnbounded<int>();
                await Task.WhenAll(
                    Part("all", async () => await Task.WhenAll(some.Select(process => process.Completion))),
                    Part("any", async () => await Task.WhenAny(some.Select(process => process.Completion))),
                    Part("no context", async () => await some[0].Completion.ConfigureAwait(false)),
                    Part("request", async () => await echo.RequestAsync([1], TimeSpan.FromSeconds(1))),
                    Part("compile", async () => await test.Runtime.CompileAsync("(module)"u8.ToArray()).ConfigureAwait(false)),
                    Part("channel", async () => await channel.Reader.ReadAsync()),
                    Part("write", async () =>
                    {
                        await Task.Yield();
                        channel.Writer.TryWrite(1);
                    }),
                    Part("delay", async () => await Task.Delay(TimeSpan.FromMilliseconds(1), test.Time)));
                await environment.DisposeAsync();

                async Task Part(string name, Func<Task> part)
                {
                    await part();
                    done.Add(name);
                }
            });
            return done;
        }
    }
}
