using System.Text;
using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.Wasi;

/// <summary>What WASI does off the workers.</summary>
public sealed class DiskOperationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly byte[] Opening = Encoding.UTF8.GetBytes("""
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "lunatic::message" "create_data" (func $create (param i64 i64)))
          (import "lunatic::message" "send" (func $send (param i64) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 100) "file")
          (func $tell (param $witness i64) (param $tag i64)
            (call $create (local.get $tag) (i64.const 0))
            (drop (call $send (local.get $witness))))
          (func (export "tell") (param $witness i64) (call $tell (local.get $witness) (i64.const 1)))
          (func (export "open") (param $witness i64)
            (call $tell (local.get $witness) (i64.const 2))
            (if (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 4) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
            (call $tell (local.get $witness) (i64.const 3))))
        """);

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_process_waits_for_a_file_and_its_worker_does_not(bool isKilled)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(path, "text");
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1, MaxSpareWorkers = 0, MaxBlockingThreads = 1 });
        LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions { Directories = [new PreopenedDirectory(folder.Path)] });
        LunaticModule module = await runtime.CompileAsync(Opening);
        using var disk = new ManualResetEventSlim();
        runtime.Scheduler.RunBlocking(disk.Wait);

        var told = new Dictionary<long, TaskCompletionSource>();
        foreach (long tag in new long[] { 1, 2, 3 })
            told.Add(tag, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        LunaticProcess witness = environment.Spawn(async context =>
        {
            await foreach (Message message in context.Mailbox.ReadAllAsync(context.Killed))
                told[message.Tag].SetResult();
        });
        LunaticProcess process = await environment.SpawnAsync(module, "open", witness.Id.LocalId);
        await told[2].Task.WaitAsync(Patience);
        await environment.SpawnAsync(module, "tell", witness.Id.LocalId);
        await told[1].Task.WaitAsync(Patience);
        Assert.That(told[3].Task.IsCompleted, Is.False, "the disk has not answered");

        if (isKilled)
        {
            process.Kill();
            Assert.That(await process.Completion.WaitAsync(Patience), Is.EqualTo(ExitReason.Killed));
        }
        disk.Set();
        Assert.That(await process.Completion.WaitAsync(Patience), Is.EqualTo(isKilled ? ExitReason.Killed : ExitReason.Returned));
        // the one thread that opened the file has gone on to this
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.Scheduler.RunBlocking(over.SetResult);
        await over.Task.WaitAsync(Patience);
        Assert.That(Directory.EnumerateFiles("/proc/self/fd").Count(link => File.ResolveLinkTarget(link, false)?.FullName == path), Is.Zero, "the file is closed");
    }

    [Test]
    public async Task Large_and_many_buffers_are_written_and_read_as_one([Values] ExecutionMode mode, [Values(30_000, 50_000)] int size)
    {
        using var folder = new TemporaryFolder();
        ProgramResult result = await GuestProgram.RunAsync(
            Encoding.UTF8.GetBytes($$"""
            (module
              (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_pread" (func $pread (param i32 i32 i32 i64 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 16)
              (data (i32.const 100) "file")
              (func $buffer (param $at i32) (param $start i32) (param $length i32)
                (i32.store (local.get $at) (local.get $start))
                (i32.store offset=4 (local.get $at) (local.get $length)))
              (func (export "_start") (local $i i32)
                (if (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 4) (i32.const 1) (i64.const 70) (i64.const 0) (i32.const 0) (i32.const 8)) (then unreachable))
                (loop $l
                  (i32.store8 offset=100000 (local.get $i) (i32.mul (local.get $i) (i32.const 13)))
                  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {{3 * size}}))))
                (call $buffer (i32.const 200) (i32.const 100000) (i32.const {{size}}))
                (call $buffer (i32.const 208) (i32.const 0) (i32.const 0))
                (call $buffer (i32.const 216) (i32.const {{100_000 + size}}) (i32.const {{size}}))
                (call $buffer (i32.const 224) (i32.const {{100_000 + (2 * size)}}) (i32.const {{size}}))
                (if (call $write (i32.load (i32.const 8)) (i32.const 200) (i32.const 4) (i32.const 16)) (then unreachable))
                (if (i32.ne (i32.load (i32.const 16)) (i32.const {{3 * size}})) (then unreachable))
                (call $buffer (i32.const 200) (i32.const 500000) (i32.const 7))
                (call $buffer (i32.const 216) (i32.const 500007) (i32.const {{size}}))
                (call $buffer (i32.const 224) (i32.const {{500_007 + size}}) (i32.const {{2 * size}}))
                (if (call $pread (i32.load (i32.const 8)) (i32.const 200) (i32.const 4) (i64.const 1) (i32.const 16)) (then unreachable))
                (if (i32.ne (i32.load (i32.const 16)) (i32.const {{(3 * size) - 1}})) (then unreachable))
                (local.set $i (i32.const 1))
                (loop $l
                  (if (i32.ne (i32.load8_u offset=499999 (local.get $i)) (i32.load8_u offset=100000 (local.get $i))) (then unreachable))
                  (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {{3 * size}}))))
                (call $exit (i32.const 7))))
            """),
            options => options.Directories = [new PreopenedDirectory(folder.Path)],
            mode);
        Assert.That(result.Reason, Is.EqualTo(ExitReason.Exited(7)), result.ToString());
        Assert.That(new FileInfo(Path.Combine(folder.Path, "file")).Length, Is.EqualTo(3 * size));
    }
}
