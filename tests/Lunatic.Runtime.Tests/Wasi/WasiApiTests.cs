using System.Text;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi;

/// <summary>Functions as a guest calls them; the guests exit with what the last function returned.</summary>
internal sealed class WasiApiTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCase("clock_time_get", "i32 i64 i32", "1 0 4", Errno.Inval)]
    [TestCase("clock_time_get", "i32 i64 i32", "1 0 65535", Errno.Fault)]
    [TestCase("clock_time_get", "i32 i64 i32", "1 0 65528", Errno.Success)]
    [TestCase("clock_time_get", "i32 i64 i32", "2 0 0", Errno.Inval)]
    [TestCase("clock_time_get", "i32 i64 i32", "-1 0 0", Errno.Inval)]
    [TestCase("clock_res_get", "i32 i32", "0 0", Errno.Success)]
    [TestCase("random_get", "i32 i32", "0 65536", Errno.Success)]
    [TestCase("random_get", "i32 i32", "1 65536", Errno.Fault)]
    [TestCase("random_get", "i32 i32", "0 -1", Errno.Fault)]
    [TestCase("args_sizes_get", "i32 i32", "0 2", Errno.Inval)]
    [TestCase("args_sizes_get", "i32 i32", "0 4", Errno.Success)]
    [TestCase("fd_write", "i32 i32 i32 i32", "1 0 -1 100", Errno.Inval)]
    [TestCase("fd_write", "i32 i32 i32 i32", "9 0 0 100", Errno.BadF)]
    [TestCase("fd_write", "i32 i32 i32 i32", "0 0 0 100", Errno.NotCapable)]
    [TestCase("fd_read", "i32 i32 i32 i32", "1 0 0 100", Errno.NotCapable)]
    [TestCase("fd_read", "i32 i32 i32 i32", "0 0 0 102", Errno.Inval)]
    [TestCase("fd_seek", "i32 i64 i32 i32", "1 0 0 0", Errno.SPipe)]
    [TestCase("fd_seek", "i32 i64 i32 i32", "1 0 3 0", Errno.Inval)]
    [TestCase("fd_prestat_get", "i32 i32", "3 0", Errno.BadF)]
    [TestCase("fd_fdstat_get", "i32 i32", "1 4", Errno.Inval)]
    [TestCase("fd_fdstat_set_flags", "i32 i32", "1 32", Errno.Inval)]
    [TestCase("fd_close", "i32", "2", Errno.Success)]
    [TestCase("fd_close", "i32", "3", Errno.BadF)]
    [TestCase("fd_renumber", "i32 i32", "1 7", Errno.BadF)]
    [TestCase("path_create_directory", "i32 i32 i32", "1 0 1", Errno.NotDir)]
    [TestCase("path_create_directory", "i32 i32 i32", "3 0 1", Errno.BadF)]
    [TestCase("sock_shutdown", "i32 i32", "1 0", Errno.NotSock)]
    [TestCase("sock_accept", "i32 i32 i32", "5 0 0", Errno.BadF)]
    [TestCase("poll_oneoff", "i32 i32 i32 i32", "0 512 0 1024", Errno.Inval)]
    [TestCase("poll_oneoff", "i32 i32 i32 i32", "0 512 -1 1024", Errno.Inval)]
    [TestCase("sched_yield", "", "", Errno.Success)]
    public async Task A_function_answers(string name, string parameters, string arguments, object expected)
    {
        ProgramResult result = await GuestProgram.RunAsync(Call(name, parameters, arguments, "(memory (export \"memory\") 1)"));
        Assert.That((Errno)result.Code, Is.EqualTo(expected), result.ToString());
    }

    [Test]
    public async Task A_guest_without_memory_traps()
    {
        ProgramResult result = await GuestProgram.RunAsync(Call("args_sizes_get", "i32 i32", "0 4", ""));
        Assert.That(result.Reason.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(result.Reason.Message, Does.Contain("memory"));
    }

    [Test]
    public async Task Raising_a_signal_traps()
    {
        ProgramResult result = await GuestProgram.RunAsync(Call("proc_raise", "i32", "9", ""));
        Assert.That(result.Reason.Kind, Is.EqualTo(ExitKind.Trapped));
        Assert.That(result.Reason.Message, Does.Contain("proc_raise"));
    }

    [Test]
    public async Task Several_buffers_are_written_as_one()
    {
        const string Memory = """(memory (export "memory") 1) (data (i32.const 0) "\40\00\00\00\03\00\00\00\50\00\00\00\02\00\00\00") (data (i32.const 64) "abc") (data (i32.const 80) "d\0a")""";
        ProgramResult result = await GuestProgram.RunAsync(Call("fd_write", "i32 i32 i32 i32", "1 0 2 100", Memory));
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Output, Is.EqualTo("abcd\n"));
    }

    [Test]
    public async Task A_missing_directory_fails_the_spawn()
    {
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        await using LunaticEnvironment environment = runtime.CreateEnvironment(
            new EnvironmentOptions { Directories = [new PreopenedDirectory("/no/such/directory", "/")] });
        LunaticModule module = await runtime.CompileAsync(Encoding.UTF8.GetBytes("""(module (func (export "_start")))"""));
        Assert.That(() => environment.SpawnAsync(module), Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("/no/such/directory"));
    }

    [Test]
    public async Task A_guest_that_waits_for_input_holds_up_nobody_and_reads_it_when_it_comes()
    {
        using var input = new GatedStream("hello"u8.ToArray());
        using var output = new MemoryStream();
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1, MaxSpareWorkers = 0 });
        await using LunaticEnvironment environment = runtime.CreateEnvironment(
            new EnvironmentOptions { StandardInput = input, StandardOutput = output });
        LunaticModule reader = await runtime.CompileAsync(Encoding.UTF8.GetBytes("""
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\40\00\00\00\10\00\00\00")
              (func (export "_start")
                (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 32)) (then (call $exit (i32.const 99))))
                (i32.store (i32.const 4) (i32.load (i32.const 32)))
                (call $exit (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))))
            """));
        LunaticModule other = await runtime.CompileAsync(Encoding.UTF8.GetBytes("""(module (func (export "_start")))"""));
        LunaticProcess waiting = await environment.SpawnAsync(reader);
        Assert.That(input.Asked.Wait(Patience), Is.True, "the input was not read");
        Assert.That(await (await environment.SpawnAsync(other)).Completion.WaitAsync(Patience), Is.EqualTo(ExitReason.Returned));
        Assert.That(waiting.Completion.IsCompleted, Is.False);
        input.Open();
        Assert.That((await waiting.Completion.WaitAsync(Patience)).ExitCode, Is.Zero);
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_guest_that_polls_for_a_clock_sleeps_as_a_process()
    {
        // one relative subscription of 50 ms to the monotonic clock; the event says so
        const string Memory = """(memory (export "memory") 1) (data (i32.const 0) "\07\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00\80\f0\fa\02")""";
        long before = TimeProvider.System.GetTimestamp();
        ProgramResult result = await GuestProgram.RunAsync(Call("poll_oneoff", "i32 i32 i32 i32", "0 512 1 1024", Memory));
        Assert.That(result.Code, Is.Zero, result.ToString());
        Assert.That(TimeProvider.System.GetElapsedTime(before), Is.GreaterThan(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public async Task A_guest_that_polls_for_ever_can_be_killed()
    {
        using var input = new GatedStream([]);
        await using var runtime = new LunaticRuntime(new LunaticRuntimeOptions { Workers = 1 });
        await using LunaticEnvironment environment = runtime.CreateEnvironment(new EnvironmentOptions { StandardInput = input });
        // one subscription to standard input
        const string Memory = """(memory (export "memory") 1) (data (i32.const 8) "\01")""";
        LunaticModule module = await runtime.CompileAsync(Encoding.UTF8.GetBytes(Call("poll_oneoff", "i32 i32 i32 i32", "0 512 1 1024", Memory)));
        LunaticProcess process = await environment.SpawnAsync(module);
        Assert.That(input.Asked.Wait(Patience), Is.True, "the input was not asked for");
        process.Kill();
        Assert.That(await process.Completion.WaitAsync(Patience), Is.EqualTo(ExitReason.Killed));
        input.Open();
    }

    private static string Call(string name, string parameters, string arguments, string memory)
    {
        string[] types = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> constants = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Zip(types, (value, type) => $"({type}.const {value})");
        return $"""
            (module
              (import "wasi_snapshot_preview1" "{name}" (func $called (param {parameters}) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              {memory}
              (func (export "_start") (call $exit (call $called {string.Join(' ', constants)}))))
            """;
    }

    /// <summary>Gives its bytes when it is opened; readers wait until then.</summary>
    private sealed class GatedStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly ManualResetEventSlim _open = new();

        /// <summary>Set when somebody reads.</summary>
        public ManualResetEventSlim Asked { get; } = new();

        public void Open() => _open.Set();

        public override int Read(byte[] buffer, int offset, int count)
        {
            Asked.Set();
            return _open.Wait(Patience) ? base.Read(buffer, offset, count) : throw new IOException("was never opened");
        }
    }
}
