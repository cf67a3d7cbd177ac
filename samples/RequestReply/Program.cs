// Typed requests in both directions: C# asks a guest, which asks a C# process before it replies. Both speak as abstract processes of the Rust crate lunatic do, with its bincode.
using Lunatic.Runtime;
using RequestReply;

await using var runtime = new LunaticRuntime();
LunaticEnvironment shop = runtime.CreateEnvironment(new EnvironmentOptions { MaxMemory = 1 << 20 });

// what the guest asks: handler 1 takes a string and replies with a number
AbstractProcessServer prices = new AbstractProcessServer().OnRequest<string, uint>(1, static article => new(article switch
{
    "tea" => 350,
    "bread" => 420,
    _ => 0,
}));
shop.Spawn(prices.RunAsync, new SpawnOptions { Name = "prices" });

LunaticModule module = await runtime.CompileAsync(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "till.wat")));
LunaticProcess guest = await shop.SpawnAsync(module, "serve");
var till = new AbstractProcessHandle(guest);
foreach (Order order in new Order[] { new("tea", 3), new("bread", 2) })
    Console.WriteLine($"{order}: {await till.RequestAsync<Order, ulong>(1, order, TimeSpan.FromSeconds(10))} cents");

// the guest traps when it is sent what it does not know; whoever waits for its reply is told why there is none
try
{
    await till.RequestAsync<Order, ulong>(2, new Order("tea", 1), TimeSpan.FromSeconds(10));
}
catch (RequestFailedException exception)
{
    Console.WriteLine($"no reply: {exception.Reason!.Message}");
}
