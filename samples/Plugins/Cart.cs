using System.Collections.Concurrent;
using Lunatic.Runtime;

namespace Plugins;

/// <summary>What plug-ins may use of the application: they import it from <c>shop::cart</c>.</summary>
[LunaticNamespace("shop::cart")]
internal sealed class Cart(long total)
{
    // guests run side by side
    private readonly ConcurrentDictionary<ProcessId, long> _discounts = new();

    /// <summary>The price of all that is in the cart, in cents.</summary>
    [LunaticFunction]
    public long Total() => total;

    /// <summary>Sets the discount that a plug-in gives, in cents. An exception is a trap of the plug-in.</summary>
    [LunaticFunction]
    public void GiveDiscount(HostCaller caller, long amount)
    {
        if (amount < 0 || amount > total)
            throw new ArgumentException($"{amount} cents cannot be off {total}");
        _discounts[caller.Process.Id] = amount;
    }

    /// <summary>The discount that a plug-in gave.</summary>
    public long DiscountOf(LunaticProcess plugin) => _discounts.GetValueOrDefault(plugin.Id);
}
