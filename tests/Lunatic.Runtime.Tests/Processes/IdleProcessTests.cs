using Lunatic.Runtime.Testing;

namespace Lunatic.Runtime.Tests.Processes;

public sealed class IdleProcessTests
{
    private const int Count = 50_000;

    [Test]
    public async Task A_waiting_process_takes_less_than_a_kilobyte()
    {
        await using var runtime = new DeterministicRuntime(seed: 1);
        LunaticEnvironment environment = runtime.Runtime.CreateEnvironment();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Count; i++)
        {
            environment.Spawn(async context => await context.ReceiveAsync());
            if (i % 1000 == 0)
                runtime.RunUntilIdle();
        }
        runtime.RunUntilIdle();
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        TestContext.Out.WriteLine($"{each} bytes per waiting C# process");

        Assert.That(environment.ProcessCount, Is.EqualTo(Count));
        Assert.That(each, Is.LessThan(1024));
    }
}
