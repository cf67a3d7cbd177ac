using Lunatic.Runtime;
using Lunatic.Runtime.Testing;
using NUnit.Framework;
using UnitTests;

await new Tests().A_customer_is_told_the_price();

internal sealed class Tests
{
    private static readonly LunaticModule Pricing = DeterministicRuntime.Compile(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pricing.wat")));

/* snippet */
}
