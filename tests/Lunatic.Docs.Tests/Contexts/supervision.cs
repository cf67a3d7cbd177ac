using Lunatic.Runtime;
using Lunatic.Runtime.Supervision;

await using var runtime = new LunaticRuntime();
LunaticEnvironment environment = runtime.CreateEnvironment(), sandbox = runtime.CreateEnvironment();
LunaticModule module = await runtime.CompileAsync("""
    (module
      (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
      (func (export "serve") (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))))
    """u8.ToArray());
byte[] data = [1];
static async Task StockAsync(NativeProcessContext context) => await context.ReceiveAsync(context.StopRequested, 2);
static async Task OrderAsync(NativeProcessContext context) => await context.ReceiveAsync(context.StopRequested);

/* snippet */

NUnit.Framework.Assert.That(stock.Current, NUnit.Framework.Is.Null);
NUnit.Framework.Assert.That(environment.ProcessCount + sandbox.ProcessCount, NUnit.Framework.Is.Zero);
