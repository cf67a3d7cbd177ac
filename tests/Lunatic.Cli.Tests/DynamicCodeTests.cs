using System.Text.Json.Nodes;

namespace Lunatic.Cli.Tests;

/// <summary>Where the runtime has no dynamic code the interpreter does everything; the JIT's own list of what it compiled shows it.</summary>
internal sealed class DynamicCodeTests : CommandTestBase
{
    private const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";
    private const string OfDynamicMethods = "(dynamicClass)";

    [TestCase("compiled", true)]
    [TestCase("compiled", false)]
    [TestCase("tiered", false)]
    public async Task The_interpreter_runs_everything_where_there_is_no_dynamic_code(string engine, bool isSupported)
    {
        Write("work.wat", Hello.Replace("(func (export \"_start\")", """
            (func $work (local i32)
              (loop $again (br_if $again (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 300000)))))
            (func (export "_start") (call $work)
            """, StringComparison.Ordinal));
        Write("lunatic.runtimeconfig.json", Configuration(isSupported));

        using LunaticCommand command = LunaticCommand.Start(
            Folder,
            ["exec", "--runtimeconfig", Path.Combine(Folder, "lunatic.runtimeconfig.json")],
            [("DOTNET_JitStdOutFile", Path.Combine(Folder, "jit.txt")), ("DOTNET_JitDisasmSummary", "1")],
            ["run", "--engine", engine, "work.wat"]);
        CommandResult result = await command.RunAsync(default);

        Assert.That(result.Output, Is.EqualTo("hello\n"), result.Error);
        Assert.That(result.Status, Is.Zero);
        string compiled = await File.ReadAllTextAsync(Path.Combine(Folder, "jit.txt"));
        Assert.That(compiled, isSupported ? Does.Contain(OfDynamicMethods) : Does.Not.Contain(OfDynamicMethods));
    }

    private static string Configuration(bool isSupported)
    {
        JsonNode configuration = JsonNode.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "lunatic.runtimeconfig.json")))!;
        JsonNode options = configuration["runtimeOptions"]!;
        options["configProperties"] ??= new JsonObject();
        options["configProperties"]![Switch] = isSupported;
        return configuration.ToJsonString();
    }
}
