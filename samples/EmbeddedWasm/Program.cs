// Embedding the engine alone: load a module, give it C# functions, call what it exports, meter it, see it trap.
using Lunatic.Wasm;

WasmModule module = WasmModule.Parse("""
    (module
      (import "host" "log" (func $log (param i32)))
      (import "host" "fetch" (func $fetch (param i32) (result i32)))
      (func (export "add") (param i32 i32) (result i32)
        (call $log (local.get 0))
        (i32.add (local.get 0) (local.get 1)))
      (func (export "fetch_twice") (param i32) (result i32)
        (call $fetch (call $fetch (local.get 0))))
      (func (export "spin") (loop $again (br $again)))
      (func $divide (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
      (func (export "ratio") (param i32) (result i32) (call $divide (i32.const 100) (local.get 0))))
    """);

WasmLinkedModule linked = new WasmLinker()
    .Define("host", "log", (int value) => Console.WriteLine($"guest says {value}"))
    .Define("host", "fetch", async Task<int> (int value) =>
    {
        await Task.Yield(); // the guest is suspended meanwhile; no thread waits
        return value * 10;
    })
    .Link(module);

using var store = new WasmStore(new WasmStoreOptions { MaxMemoryBytes = 16 << 20 });
WasmInstance instance = linked.Instantiate(store);

Console.WriteLine($"2 + 3 = {instance.Invoke("add", 2, 3)[0].AsInt32()}");
Console.WriteLine($"fetched {(await instance.InvokeAsync("fetch_twice", 7))[0].AsInt32()}");

// a guest runs in slices of fuel; an endless loop stops nobody
store.Start(instance.GetFunction("spin")!);
Console.WriteLine($"after a slice: {store.Resume(fuel: 100_000)}, fuel used {store.FuelUsed > 100_000}");
store.Abandon();

try
{
    instance.Invoke("ratio", 0);
}
catch (WasmTrapException exception)
{
    Console.WriteLine($"trap: {exception.Trap}");
}
