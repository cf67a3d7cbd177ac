using System.Text.RegularExpressions;
using Lunatic.TestSupport;

namespace Lunatic.Cli.Tests;

/// <summary>The guests of the old generation, run by the command, with what runtime 0.7.5 printed. Where we differ on purpose the expected lines are changed here.</summary>
[TestFixture]
public sealed partial class LegacyGuestTests : CommandTestBase
{
    [TestCase("add_module")]
    [TestCase("boundaries")]
    [TestCase("env_limits")]
    [TestCase("links")]
    [TestCase("mailbox_timeout")]
    [TestCase("probe")]
    [TestCase("registry")]
    [TestCase("request_reply")]
    [TestCase("spawn_context")]
    [TestCase("tcp_echo")]
    public async Task A_guest_prints_what_it_printed(string name)
    {
        CommandResult result = await RunGuestAsync(name);
        Assert.That(Comparable(result.Output), Is.EqualTo(Comparable(Expected(name))), result.Error);
        Assert.That(result.Status, Is.Zero);
    }

    [Test]
    public async Task Messages_keep_their_order_after_a_timeout()
    {
        CommandResult result = await RunGuestAsync("timeout_then_order");
        Assert.That(result.Output, Is.EqualTo(Expected("timeout_then_order").Replace("[2, 3, 1]", "[1, 2, 3]", StringComparison.Ordinal)), result.Error);
    }

    // the guest waits three times for 30 seconds for what must not come
    [Test]
    [Category("Soak")]
    public async Task No_environment_has_more_rights_than_its_maker()
    {
        CommandResult result = await RunGuestAsync("sandbox_namespaces");
        // an environment that may do everything is made by processes that may not print: its process then dies of printing, before it answers
        string expected = Expected("sandbox_namespaces").Replace("  (printed by the escaped grandchild)\n new env: answered 3, then no sign of death\n", " new env: no sign of death, then -\n", StringComparison.Ordinal);
        const string Everything = "[everything]\n";
        int end = expected.IndexOf("[lunatic::]", StringComparison.Ordinal);
        int start = expected.IndexOf(Everything, StringComparison.Ordinal);
        expected = expected[..start] + expected[start..end].Replace(" new env: no sign of death, then -\n", "  (printed by the escaped grandchild)\n new env: answered 3, then no sign of death\n", StringComparison.Ordinal) + expected[end..];
        Assert.That(result.Output, Is.EqualTo(expected), result.Error);
    }

    [TestCase("return", 0)]
    [TestCase("exit0", 0)]
    [TestCase("exit3", 3)]
    [TestCase("panic", 134)]
    [TestCase("abort", 134)]
    [TestCase("child", 0)]
    [TestCase("linkdeath", 134)]
    public async Task The_end_of_the_first_process_is_the_end_of_the_command(string how, int status)
    {
        CommandResult result = await RunGuestAsync("main_end", [], [how]);
        Assert.That(result.Output, Is.EqualTo(Expected($"main_end-{how}")), result.Error);
        Assert.That(result.Status, Is.EqualTo(status));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Directories_are_handed_on_by_those_who_have_them(bool hasDirectory)
    {
        string directory = Directory.CreateDirectory(Path.Combine(Folder, "outer", "granted")).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "hello.txt"), "hello from the host\n");
        CommandResult result = await RunGuestAsync("preopen", hasDirectory ? ["--dir", directory] : [], [directory]);
        // the guest itself replaces the path in its output; the last part alone names nothing that lies in the granted directory
        Assert.That(result.Output, Is.EqualTo(Expected(hasDirectory ? "preopen" : "preopen-without-dir")), result.Error);
    }

    [TestCase("big_memory")]
    [TestCase("echo")]
    [TestCase("empty")]
    [TestCase("limits")]
    [TestCase("no_memory")]
    [TestCase("no_start_func")]
    [TestCase("probe")]
    [TestCase("start_spawns")]
    [TestCase("start_traps")]
    [TestCase("two_memories_table")]
    [TestCase("unknown_import")]
    [TestCase("wrong_signature")]
    public async Task A_module_without_program_is_refused_in_one_line(string name)
    {
        CommandResult result = await RunAsync("run", SharedFolder.Path("guests-0.7", $"wat-{name}.wasm"));
        Assert.That(result.Status, Is.EqualTo(1), result.Error);
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), result.Error);
        Assert.That(result.Error, Does.StartWith("lunatic: "));
    }

    private Task<CommandResult> RunGuestAsync(string name, string[]? options = null, string[]? arguments = null) =>
        RunAsync(["run", .. options ?? [], SharedFolder.Path("guests-0.7", $"own-{name}.wasm"), .. arguments ?? []]);

    private static string Expected(string name)
    {
        string text = File.ReadAllText(SharedFolder.Path("guests-0.7", "expected", $"own-{name}.txt"));
        int start = text.IndexOf("# --- stdout\n", StringComparison.Ordinal) + "# --- stdout\n".Length;
        return text[start..text.IndexOf("# --- stderr", StringComparison.Ordinal)];
    }

    // texts of errors are ours; fuel is charged when a part begins, so its end comes up to four turns of five operations earlier
    private static string Comparable(string output) => Fuel().Replace(ErrorText().Replace(output, "$1…"), "$1N");

    [GeneratedRegex("(spawn error: |spawn in 100 kB: |bind again: |connect to closed port: |resolve without port: ).*")]
    private static partial Regex ErrorText();

    [GeneratedRegex("(last loop count that finishes [0-9]*99)[67][0-9]")]
    private static partial Regex Fuel();
}
