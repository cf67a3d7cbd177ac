using Lunatic.Runtime;
using Lunatic.Runtime.Testing;

await DeterministicRuntime.RunAsync(1, async test =>
{
    LunaticEnvironment environment = test.CreateEnvironment();
    LunaticProcess pricing = environment.Spawn(async context => await context.ReceiveAsync(), new SpawnOptions { Name = "pricing" });
    LunaticProcess clerk = environment.Spawn(async context =>
    {
        while (true)
            await context.ReceiveAsync(TimeSpan.FromSeconds(1));
    });

/* snippet */

    NUnit.Framework.Assert.That((await clerk.Completion).IsFailure);
    NUnit.Framework.Assert.That((await pricing.Completion).IsFailure);
});
