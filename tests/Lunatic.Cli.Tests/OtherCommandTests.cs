namespace Lunatic.Cli.Tests;

/// <summary>`lunatic wast`, `lunatic inspect` and help.</summary>
[TestFixture]
public sealed class OtherCommandTests : CommandTestBase
{
    private const string Passing = """
        (module (func (export "one") (result i32) (i32.const 1)))
        (assert_return (invoke "one") (i32.const 1))
        (assert_invalid (module (func (result i32))) "type mismatch")
        """;

    private const string Failing = """
        (module (func (export "one") (result i32) (i32.const 1)))
        (assert_return (invoke "one") (i32.const 2))
        """;

    [Test]
    public async Task A_script_that_passes_is_summed_up()
    {
        Write("pass.wast", Passing);
        Assert.That(await RunAsync("wast", "pass.wast"), Is.EqualTo(new CommandResult(0, "pass.wast: 2 of 2 assertions passed, 0 commands failed, 0 skipped\n", "")));
    }

    [Test]
    public async Task A_verbose_run_prints_a_line_per_command()
    {
        Write("pass.wast", Passing);
        CommandResult result = await RunAsync("wast", "-v", "pass.wast");
        Assert.That(result.Output.Split('\n'), Is.EqualTo(new[]
        {
            "pass.wast:1: module passed",
            "pass.wast:2: assert_return passed",
            "pass.wast:3: assert_invalid passed",
            "pass.wast: 2 of 2 assertions passed, 0 commands failed, 0 skipped",
            "",
        }));
    }

    [Test]
    public async Task Failures_and_unreadable_scripts_do_not_keep_the_others_from_running()
    {
        Write("pass.wast", Passing);
        Write("fail.wast", Failing);
        Write("broken.wast", "(module)\n(assert_return (invoke");
        Write("broken.json", "{ \"commands\": 7 }");
        Directory.CreateDirectory(Path.Combine(Folder, "folder.wast"));
        CommandResult result = await RunAsync("wast", "missing.wast", "folder.wast", "broken.wast", "broken.json", "fail.wast", "pass.wast");
        Assert.That(result.Status, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith("fail.wast:2: assert_return failed: "));
        Assert.That(result.Output, Does.Contain("fail.wast: 0 of 1 assertions passed, 1 commands failed, 0 skipped\n"));
        Assert.That(result.Output, Does.EndWith("pass.wast: 2 of 2 assertions passed, 0 commands failed, 0 skipped\n"));
        string[] errors = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(errors, Has.Length.EqualTo(4), result.Error);
        Assert.That(errors[0], Is.EqualTo("lunatic: missing.wast: no such file"));
        Assert.That(errors[1], Is.EqualTo("lunatic: folder.wast: is a directory, not a file"));
        Assert.That(errors[2], Does.StartWith("lunatic: broken.wast: not a script: 2:"));
        Assert.That(errors[3], Does.StartWith("lunatic: broken.json: not a script: "));
    }

    [Test]
    public async Task Inspect_shows_imports_and_exports()
    {
        Write("hello.wat", Hello);
        CommandResult result = await RunAsync("inspect", "hello.wat");
        Assert.That(result.Status, Is.Zero);
        Assert.That(result.Output, Does.Contain("wasi_snapshot_preview1 fd_write (func (param i32 i32 i32 i32) (result i32))"));
        Assert.That(result.Output, Does.Match("_start +\\(func\\)").And.Match("memory +\\(memory 1\\)"));
    }

    [Test]
    public async Task Inspect_explains_what_is_no_module()
    {
        Write("bad.wasm", "what?");
        CommandResult result = await RunAsync("inspect", "bad.wasm");
        Assert.That(result.Status, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("lunatic: bad.wasm: not a WebAssembly module: 1:1: "));
    }

    [TestCase("run", "inspect", "wast")]
    [TestCase("--dir", "--env", "--engine", "--bench", "run")]
    [TestCase("--verbose", "wast")]
    public async Task Help_is_there_for_every_command(params string[] words)
    {
        string[] command = words[^1] == "wast" && words.Length == 3 ? [] : [words[^1]];
        CommandResult result = await RunAsync([.. command, "--help"]);
        Assert.That(result.Status, Is.Zero);
        Assert.That(result.Error, Is.Empty);
        foreach (string word in words)
            Assert.That(result.Output, Does.Contain(word));
    }

    [Test]
    public async Task The_version_is_told()
    {
        CommandResult result = await RunAsync("--version");
        Assert.That(result.Status, Is.Zero);
        Assert.That(result.Output, Does.Match(@"^\d+\.\d+\.\d+"));
    }
}
