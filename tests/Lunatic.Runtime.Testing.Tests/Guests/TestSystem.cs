using System.Buffers.Binary;

namespace Lunatic.Runtime.Testing.Tests.Guests;

/// <summary>A small system with all that a run is made of: guests, C# processes, a supervisor with a child that fails, timers, requests.</summary>
internal static class TestSystem
{
    /// <summary>Runs the system to its end; returns what the customers were told.</summary>
    internal static async Task<string> RunAsync(DeterministicRuntime test)
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        LunaticProcess dice = await environment.SpawnAsync(TestGuests.Dice, "serve");
        environment.Register("dice", dice);
        LunaticProcess other = await environment.SpawnAsync(TestGuests.Dice, "serve");
        await environment.SuperviseAsync("root", tree => tree
            .WithRestartLimit(100, TimeSpan.FromSeconds(1))
            .AddProcess("failing", async context =>
            {
                await context.SleepAsync(TimeSpan.FromMilliseconds(3));
                throw new InvalidOperationException("failed as planned");
            })
            .AddProcess("echo", EchoAsync, child => child.RegisterAs = "echo"));
        List<string> told = [];
        LunaticProcess[] customers = [.. Enumerable.Range(0, 3).Select(number => environment.Spawn(context => AskAsync(context, number % 2 == 0 ? dice : other, told)))];
        await Task.WhenAll(customers.Select(customer => customer.Completion));
        return string.Join(' ', told);
    }

    private static async Task EchoAsync(NativeProcessContext context)
    {
        await foreach (Message message in context.ReadAllAsync())
            context.Reply(message, message.Data);
    }

    private static async Task AskAsync(NativeProcessContext context, LunaticProcess dice, List<string> told)
    {
        byte[] self = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(self, context.Self.Id.LocalId);
        for (int i = 0; i < 3; i++)
        {
            dice.Send(1, self);
            Message answer = await context.ReceiveAsync(5);
            byte[] echoed = await context.RequestAsync(context.FindProcess("echo")!, answer.Data.ToArray(), TimeSpan.FromSeconds(1));
            told.Add(Convert.ToHexStringLower(echoed));
            await context.SleepAsync(TimeSpan.FromMilliseconds(2));
        }
    }
}
