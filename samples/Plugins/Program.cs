// Plug-ins from strangers: each runs in a process of its own, may use what the application offers and nothing else, and ends at its limits.
using Lunatic.Runtime;
using Lunatic.Wasm;
using Plugins;

var cart = new Cart(total: 12_000);
var options = new LunaticRuntimeOptions();
options.HostFunctions.Add(cart);
await using var runtime = new LunaticRuntime(options);
LunaticEnvironment sandbox = runtime.CreateEnvironment(new EnvironmentOptions
{
    AllowedNamespaces = ["shop::cart"],
    MaxMemory = 1 << 20,
    MaxFuelUnits = 100, // ten million operations
    MaxProcesses = 10,
});

foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "plugins"), "*.wat").Order(StringComparer.Ordinal))
    Console.WriteLine($"{Path.GetFileNameWithoutExtension(file)}: {await RunAsync(file)}");

async Task<string> RunAsync(string file)
{
    LunaticProcess plugin;
    try
    {
        LunaticModule module = await runtime.CompileAsync(await File.ReadAllBytesAsync(file));
        plugin = await sandbox.SpawnAsync(module, "apply");
    }
    catch (Exception exception) when (exception is WasmException or ArgumentException)
    {
        return $"cannot be used: {exception.Message}";
    }
    // fuel bounds what it computes; this bounds what it waits
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
    ExitReason end = await plugin.WaitForEndAsync(patience.Token);
    return end.IsFailure ? $"failed: {end.Message}" : $"{cart.DiscountOf(plugin)} cents off";
}
