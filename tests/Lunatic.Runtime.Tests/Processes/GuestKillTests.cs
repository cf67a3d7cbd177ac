using System.Text;

namespace Lunatic.Runtime.Tests.Processes;

[TestFixture(ExecutionMode.Interpreted)]
[TestFixture(ExecutionMode.Compiled)]
public sealed class GuestKillTests(ExecutionMode mode)
{
    /// <summary>The slice would last for hours.</summary>
    [Test]
    public async Task A_kill_ends_the_running_slice()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1, ExecutionMode = mode, SliceFuel = int.MaxValue * 4_000L });
        LunaticEnvironment environment = runtime.CreateEnvironment();
        LunaticModule module = await runtime.CompileAsync(Encoding.UTF8.GetBytes("""
            (module
              (import "lunatic::message" "create_data" (func $create (param i64 i64)))
              (import "lunatic::message" "send" (func $send (param i64) (result i32)))
              (func (export "main") (param i64)
                (call $create (i64.const 1) (i64.const 0))
                (drop (call $send (local.get 0)))
                (loop $l (br $l))))
            """));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LunaticProcess witness = environment.Spawn(async context =>
        {
            await context.ReceiveAsync();
            begun.SetResult();
        });
        LunaticProcess process = await environment.SpawnAsync(module, "main", witness.Id.LocalId);
        // the one worker is held by the loop: the monitor gives its queue to another
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        process.Kill();
        Assert.That(await process.Completion.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(ExitReason.Killed));
    }
}
