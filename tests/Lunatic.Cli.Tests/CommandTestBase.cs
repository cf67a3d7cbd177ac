namespace Lunatic.Cli.Tests;

/// <summary>Tests of the command, each in a folder of its own.</summary>
public abstract class CommandTestBase
{
    protected const string Hello = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 8) "\10\00\00\00\06\00\00\00")
          (data (i32.const 16) "hello\n")
          (func (export "_start") (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0)))))
        """;

    private DirectoryInfo _folder = null!;

    protected string Folder => _folder.FullName;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("lunatic-cli-test-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    protected void Write(string name, string content) => File.WriteAllText(Path.Combine(Folder, name), content);

    protected void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(Folder, name), content);

    private protected Task<CommandResult> RunAsync(params string[] arguments) => LunaticCommand.RunAsync(Folder, "", arguments);

    private protected Task<CommandResult> RunWithInputAsync(string input, params string[] arguments) => LunaticCommand.RunAsync(Folder, input, arguments);
}
