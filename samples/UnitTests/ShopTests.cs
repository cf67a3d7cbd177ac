using Lunatic.Runtime;
using Lunatic.Runtime.Testing;

namespace UnitTests;

/// <summary>Tests a small system with a guest, C# processes and a supervisor, in an order and a time that a seed determines.</summary>
internal sealed class ShopTests
{
    // compiled once; the runs share it
    private static readonly LunaticModule Pricing = DeterministicRuntime.Compile(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pricing.wat")));

    [Test]
    public async Task A_customer_is_told_the_price() => await DeterministicRuntime.RunAsync(seed: 1, async test =>
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        Shop shop = await Shop.OpenAsync(environment, Pricing, items: 3);
        Probe customer = test.CreateProbe(environment, "customer");

        LunaticProcess clerk = shop.Sell(customer.As<Answer>());

        Assert.That(await customer.ExpectAsync<Answer>(), Is.EqualTo(new Answer(Sold: true, Cents: 250)));
        Assert.That(await customer.ExpectExitAsync(clerk), Is.EqualTo(ExitReason.Returned));
        Assert.That(await shop.Stock.RequestAsync(new CountItems(), TimeSpan.FromSeconds(1)), Is.EqualTo(2));
    });

    [Test]
    public async Task A_question_that_is_lost_is_asked_again() => await DeterministicRuntime.RunAsync(seed: 1, async test =>
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        Shop shop = await Shop.OpenAsync(environment, Pricing, items: 3);
        Probe customer = test.CreateProbe(environment, "customer");
        test.Faults.AtMessage(1, to: "pricing").Drop();

        shop.Sell(customer.As<Answer>());

        Assert.That((await customer.ExpectAsync<Answer>()).Sold);
        Assert.That(test.Time.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
    });

    [Test]
    public async Task Customers_are_served_whenever_the_guest_is_killed() => await DeterministicRuntime.ExploreAsync(seeds: 200, async test =>
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        Shop shop = await Shop.OpenAsync(environment, Pricing, items: 100);
        Probe customer = test.CreateProbe(environment, "customer");
        LunaticProcess pricing = environment.FindProcess("pricing")!;
        test.Faults.Randomly(new RandomFaults { Kill = 0.2, Processes = ProcessFilter.Where(process => process == pricing || process == environment.FindProcess("pricing")), MaxFaults = 1 });

        shop.Sell(customer.As<Answer>());

        await customer.ExpectAsync<Answer>(answer => answer.Sold);
    });

    [Test]
    public async Task The_last_item_is_sold_once() => await DeterministicRuntime.ExploreAsync(seeds: 300, test => SellTheLastItemAsync(test, (shop, customer) => shop.Sell(customer)));

    // The hurried clerk has a race. This is what finding it looks like; a test of your own would just be the call of ExploreAsync, and fail.
    [Test]
    public async Task The_race_of_the_hurried_clerk_is_found_and_replayed()
    {
        SeedFailedException? found = null;
        try
        {
            await DeterministicRuntime.ExploreAsync(seeds: 300, test => SellTheLastItemAsync(test, (shop, customer) => shop.SellInAHurry(customer)));
        }
        catch (SeedFailedException failure)
        {
            found = failure;
            TestContext.Out.WriteLine(failure.Message);
        }
        Assert.That(found, Is.Not.Null, "no seed shows the race");
        Assert.That(found!.InnerException!.Message, Is.EqualTo("sold 2 times"));

        try
        {
            await DeterministicRuntime.RunAsync(found.Seed, test => SellTheLastItemAsync(test, (shop, customer) => shop.SellInAHurry(customer)));
            Assert.Fail("the seed does not replay the race");
        }
        catch (SeedFailedException replayed)
        {
            Assert.That(replayed.Trace, Is.EqualTo(found.Trace));
        }
    }

    private static async Task SellTheLastItemAsync(DeterministicRuntime test, Action<Shop, ProcessHandle<Answer>> sell)
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        Shop shop = await Shop.OpenAsync(environment, Pricing, items: 1);
        Probe customers = test.CreateProbe(environment, "customers");
        // now and then at the same time
        for (int i = 0; i < 2; i++)
        {
            await test.DelayAsync(TimeSpan.FromMilliseconds(test.Random.Next(10)));
            sell(shop, customers.As<Answer>());
        }

        int sold = 0;
        for (int i = 0; i < 2; i++)
            sold += (await customers.ExpectAsync<Answer>()).Sold ? 1 : 0;
        if (sold != 1)
            throw new InvalidOperationException($"sold {sold} times");
    }
}
