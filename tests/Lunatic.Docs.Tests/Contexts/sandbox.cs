using Lunatic.Runtime;
using Lunatic.Wasm;
using NUnit.Framework;

await using var runtime = new LunaticRuntime();
LunaticModule module = await CompileAsync("""(func (export "_start"))""");

/* snippet */

Assert.That(end, Is.EqualTo(ExitReason.Returned));

// each row of the tables that a guest of the sandbox can show
Assert.That((await EndAsync("""(func (export "_start") (loop $forever (br $forever)))""")).Kind, Is.EqualTo(ExitKind.OutOfFuel));
Assert.That((await EndAsync("""(func $f (export "_start") (call $f))""")).Message, Is.EqualTo("call stack exhausted"));
Assert.That(await EndAsync("""(memory 1) (func (export "_start") (if (i32.ne (memory.grow (i32.const 256)) (i32.const -1)) (then unreachable)))"""), Is.EqualTo(ExitReason.Returned));
Assert.That(await EndAsync("""(table 1 funcref) (func (export "_start") (if (i32.ne (table.grow (ref.null func) (i32.const 99999)) (i32.const -1)) (then unreachable)))"""), Is.EqualTo(ExitReason.Returned));
Assert.ThrowsAsync<WasmUninstantiableException>(() => EndAsync("""(memory 257) (func (export "_start"))"""));
Assert.ThrowsAsync<WasmUninstantiableException>(() => EndAsync("""(table 100000 funcref) (func (export "_start"))"""));
ExitReason notAllowed = await EndAsync("""(import "lunatic::process" "kill" (func $kill (param i64))) (func (export "_start") (call $kill (i64.const 1)))""");
Assert.That(notAllowed.Message, Does.StartWith("lunatic::process::kill: "));
ExitReason tooLong = await EndAsync("""
    (import "lunatic::message" "create_data" (func $create (param i64 i64)))
    (import "lunatic::message" "write_data" (func $write (param i32 i32) (result i32)))
    (memory (export "memory") 2)
    (func (export "_start") (call $create (i64.const 0) (i64.const 0)) (drop (call $write (i32.const 0) (i32.const 65537))))
    """);
Assert.That(tooLong.Exception, Is.InstanceOf<LimitExceededException>());

LunaticProcess deaf = sandbox.Spawn(async context => await context.ReceiveAsync(1));
for (int i = 0; i < 1_000; i++)
    Assert.That(deaf.Send(2, []));
// what the receiver is just moving to its mailbox is counted a little late
Assert.That(Enumerable.Range(0, 5_000).All(_ => deaf.Send(2, [])), Is.False);
Assert.Throws<LimitExceededException>(() =>
{
    while (true)
        sandbox.Spawn(async context => await context.ReceiveAsync());
});
Assert.That(sandbox.ProcessCount, Is.EqualTo(100));

Task<LunaticModule> CompileAsync(string fields) => runtime.CompileAsync(System.Text.Encoding.UTF8.GetBytes($"(module {fields})"));

async Task<ExitReason> EndAsync(string fields) => await (await sandbox.SpawnAsync(await CompileAsync(fields))).Completion;
