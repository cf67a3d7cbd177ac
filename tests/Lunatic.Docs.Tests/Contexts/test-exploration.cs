using Lunatic.Runtime;
using Lunatic.Runtime.Testing;
using NUnit.Framework;
using UnitTests;

await new Tests().The_last_item_is_sold_once();

internal sealed class Tests
{
    private static readonly LunaticModule Pricing = DeterministicRuntime.Compile(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pricing.wat")));

/* snippet */

    private static async Task SellTheLastItemAsync(DeterministicRuntime test)
    {
        LunaticEnvironment environment = test.CreateEnvironment();
        Shop shop = await Shop.OpenAsync(environment, Pricing, items: 1);
        Probe first = test.CreateProbe(environment, "first"), second = test.CreateProbe(environment, "second");
        shop.Sell(first.As<Answer>());
        shop.Sell(second.As<Answer>());
        Assert.That((await first.ExpectAsync<Answer>()).Sold, Is.Not.EqualTo((await second.ExpectAsync<Answer>()).Sold));
    }
}
