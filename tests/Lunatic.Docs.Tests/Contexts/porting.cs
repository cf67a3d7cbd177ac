using Lunatic.Runtime;

DirectoryInfo folder = Directory.CreateTempSubdirectory("lunatic-docs-");
string before = Environment.CurrentDirectory;
Environment.CurrentDirectory = folder.FullName;
try
{
    Directory.CreateDirectory("data");
    // ends with the number of its arguments, variables and directories: 2, 1 and the descriptor 3
    File.WriteAllText("guest.wasm", """
        (module
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (func (export "_start")
            (drop (call $args (i32.const 0) (i32.const 4)))
            (drop (call $environ (i32.const 8) (i32.const 12)))
            (if (call $prestat (i32.const 3) (i32.const 16)) (then unreachable))
            (call $exit (i32.add (i32.mul (i32.const 10) (i32.load (i32.const 0))) (i32.load (i32.const 8))))))
        """);
    NUnit.Framework.Assert.That(await RunAsync(), NUnit.Framework.Is.EqualTo(21));
}
finally
{
    Environment.CurrentDirectory = before;
    folder.Delete(recursive: true);
}

static async Task<int> RunAsync()
{
/* snippet */
}
