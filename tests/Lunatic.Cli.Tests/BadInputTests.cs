namespace Lunatic.Cli.Tests;

/// <summary>Files that cannot be run and arguments that make no sense: one line that says what and where, and an exit status of its own.</summary>
[TestFixture]
public sealed class BadInputTests : CommandTestBase
{
    [TestCase("missing.wasm", "lunatic: missing.wasm: no such file\n")]
    [TestCase("no/such/folder/x.wasm", "lunatic: no/such/folder/x.wasm: no such file\n")]
    public async Task A_file_that_is_not_there_is_named(string file, string error) =>
        Assert.That(await RunAsync("run", file), Is.EqualTo(new CommandResult(1, "", error)));

    [Test]
    public async Task A_directory_is_no_module()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "folder"));
        Assert.That(await RunAsync("run", "folder"), Is.EqualTo(new CommandResult(1, "", "lunatic: folder: is a directory, not a file\n")));
    }

    [Test]
    public async Task An_empty_file_is_no_module()
    {
        Write("empty.wasm", "");
        Assert.That(await RunAsync("empty.wasm"), Is.EqualTo(new CommandResult(1, "", "lunatic: empty.wasm: is empty, not a module\n")));
    }

    [TestCase("This is not wasm.", "lunatic: bad.wasm: not a WebAssembly module: 1:1: ")]
    [TestCase("(module\n  (func (export \"_start\") (i32.add))\n)", "lunatic: bad.wasm: not a valid module: ")]
    [TestCase("(module\n  (fun))", "lunatic: bad.wasm: not a WebAssembly module: 2:4: ")]
    [TestCase("(module (import \"lunatic::process\" \"fly\" (func)) (func (export \"_start\")))", "lunatic: bad.wasm: cannot be linked: unknown import (import \"lunatic::process\" \"fly\")")]
    [TestCase("(module (import \"lunatic::process\" \"kill\" (func (param i32))) (func (export \"_start\")))", "lunatic: bad.wasm: cannot be linked: incompatible import type: wanted (func (param i32)), found (func (param i64)) (import \"lunatic::process\" \"kill\")")]
    [TestCase("(module (func (export \"start\")))", "lunatic: bad.wasm: the module exports no function named \"_start\"\n")]
    [TestCase("(module (func (export \"_start\") (param i32)))", "lunatic: bad.wasm: the function \"_start\" is of type (func (param i32)) but was given ()\n")]
    [TestCase("(module (func (export \"_start\") (result i32) (i32.const 1)))", "lunatic: bad.wasm: the function \"_start\" returns a value")]
    [TestCase("(module (memory 1) (data (i32.const 65530) \"1234567\") (func (export \"_start\")))", "lunatic: bad.wasm: cannot be started: out of bounds memory access")]
    [TestCase("(module (memory 65536) (func (export \"_start\")))", "lunatic: bad.wasm: cannot be started: ")]
    [TestCase("(module (table 1000000 funcref) (func (export \"_start\")))", "lunatic: bad.wasm: cannot be started: ")]
    [TestCase("(module (func $f unreachable) (start $f) (func (export \"_start\")))", "lunatic: bad.wasm: cannot be started: the module's start function did not return: unreachable")]
    public async Task A_module_that_cannot_run_is_explained(string content, string error)
    {
        Write("bad.wasm", content);
        CommandResult result = await RunAsync("bad.wasm");
        Assert.That(result.Status, Is.EqualTo(1), result.Error);
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error.Split('\n').Single(line => line.StartsWith("lunatic: ", StringComparison.Ordinal)) + "\n", Does.StartWith(error));
        Assert.That(result.Error, Does.Not.Contain("Exception").And.Not.Contain("Parameter"));
    }

    [TestCase(new byte[] { 0, 0x61, 0x73 }, "not a WebAssembly module")]
    [TestCase(new byte[] { 0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1 }, "not a WebAssembly module: unexpected end of section or function (at byte 9)")]
    [TestCase(new byte[] { 0, 0x61, 0x73, 0x6D, 2, 0, 0, 0 }, "not a WebAssembly module: unknown binary version")]
    [TestCase(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0 }, "not a WebAssembly module")]
    public async Task A_broken_binary_is_explained(byte[] content, string error)
    {
        Write("bad.wasm", content);
        CommandResult result = await RunAsync("bad.wasm");
        Assert.That(result.Status, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("lunatic: bad.wasm: " + error));
        Assert.That(result.Error.Count(character => character == '\n'), Is.EqualTo(1), result.Error);
    }

    [Test]
    public async Task A_directory_for_guests_that_is_not_there_is_named()
    {
        Write("hello.wat", Hello);
        Assert.That(await RunAsync("--dir", "nowhere", "hello.wat"), Is.EqualTo(new CommandResult(1, "", "lunatic: the directory 'nowhere' for guests does not exist\n")));
    }

    [TestCase("lunatic: Required command was not provided.\nTry `lunatic --help`.\n")]
    [TestCase("lunatic: Required argument missing for command: 'run'.\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "run")]
    [TestCase("lunatic: there is no option --nope\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "run", "--nope", "hello.wat")]
    [TestCase("lunatic: there is no option --flag\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "hello.wat", "--flag", "--", "--other")]
    [TestCase("lunatic: there is no engine \"fast\": tiered, compiled, interpreter, wasmtime\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "--engine", "fast", "hello.wat")]
    [TestCase("lunatic: the engine \"wasmtime\" is not in this version yet: use tiered or compiled or interpreter\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "--engine", "wasmtime", "hello.wat")]
    [TestCase("lunatic: \"a::\" is no directory for guests: give PATH or PATH::GUEST\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "--dir", "a::", "hello.wat")]
    [TestCase("lunatic: \"=x\" is no environment variable: give KEY or KEY=VALUE\nTry `lunatic run --help`. Arguments of a guest that begin with - stand after --.\n", "--env", "=x", "hello.wat")]
    [TestCase("lunatic: Required argument missing for command: 'wast'.\nTry `lunatic wast --help`.\n", "wast")]
    public async Task Arguments_that_make_no_sense_are_refused_with_a_hint(string error, params string[] arguments)
    {
        Write("hello.wat", Hello);
        Assert.That(await RunAsync(arguments), Is.EqualTo(new CommandResult(2, "", error)));
    }
}
