namespace Lunatic.Cli.Tests;

/// <summary>`lunatic init`: sets a cargo project up, once, and touches nothing else.</summary>
[TestFixture]
public sealed class InitCommandTests : CommandTestBase
{
    private const string Config = """
        [build]
        target = "wasm32-wasi"

        [target.wasm32-wasi]
        runner = "lunatic run"

        """;

    private string ConfigPath => Path.Combine(Folder, ".cargo", "config.toml");

    [Test]
    public async Task A_project_is_set_up_once()
    {
        Write("Cargo.toml", "[package]\n");
        CommandResult first = await RunAsync("init");
        Assert.That(first.Status, Is.Zero, first.Error);
        Assert.That(first.Output, Does.Contain("rustup target add wasm32-wasi"));
        Assert.That(await File.ReadAllTextAsync(ConfigPath), Is.EqualTo(Config));
        CommandResult second = await RunAsync("init");
        Assert.That(second, Is.EqualTo(new CommandResult(0, ".cargo/config.toml is set up for Lunatic already.\n", "")));
        Assert.That(await File.ReadAllTextAsync(ConfigPath), Is.EqualTo(Config));
    }

    [Test]
    public async Task What_is_there_stays()
    {
        WriteConfig("# mine\n[net]\noffline = true\n\n[build] # here\njobs = 2\n\n[target.wasm32-wasi]\nrunner = \"lunatic\" # old\n");
        Assert.That((await RunAsync("init")).Status, Is.Zero);
        Assert.That(
            await File.ReadAllTextAsync(ConfigPath),
            Is.EqualTo("# mine\n[net]\noffline = true\n\n[build] # here\ntarget = \"wasm32-wasi\"\njobs = 2\n\n[target.wasm32-wasi]\nrunner = \"lunatic run\"\n"));
    }

    [TestCase("[build]\ntarget = \"x86_64-unknown-linux-gnu\"\n", "sets build.target to \"x86_64-unknown-linux-gnu\"")]
    [TestCase("[target.wasm32-wasi]\nrunner = 'wasmtime'\n", "sets the runner of wasm32-wasi to \"wasmtime\"")]
    [TestCase("build.target = \"x\"\n", "the line `build.target = \"x\"`")]
    public async Task Other_settings_are_not_overwritten(string config, string message)
    {
        WriteConfig(config);
        CommandResult result = await RunAsync("init");
        Assert.That(result.Status, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("lunatic: .cargo/config.toml: ").And.Contain(message));
        Assert.That(await File.ReadAllTextAsync(ConfigPath), Is.EqualTo(config));
    }

    [Test]
    public async Task The_newer_name_of_the_target_can_be_chosen()
    {
        Write("Cargo.toml", "[package]\n");
        Assert.That((await RunAsync("init", "--target", "wasm32-wasip1")).Status, Is.Zero);
        Assert.That(await File.ReadAllTextAsync(ConfigPath), Does.Contain("[target.wasm32-wasip1]\nrunner = \"lunatic run\"\n"));
    }

    [Test]
    public async Task Elsewhere_it_says_what_is_missing()
    {
        CommandResult result = await RunAsync("init");
        Assert.That(result.Status, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("lunatic: there is no Cargo.toml here"));
    }

    private void WriteConfig(string config)
    {
        Write("Cargo.toml", "[package]\n");
        Directory.CreateDirectory(Path.Combine(Folder, ".cargo"));
        File.WriteAllText(ConfigPath, config);
    }
}
