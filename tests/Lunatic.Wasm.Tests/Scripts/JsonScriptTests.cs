using Lunatic.Wasm.Scripts;

namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>Scripts in the JSON form.</summary>
public sealed class JsonScriptTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("lunatic-wast-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Commands_are_executed_with_modules_from_the_scripts_folder()
    {
        File.WriteAllBytes(Path.Combine(_folder, "s.0.wasm"), "\0asm\u0001\0\0\0"u8);
        File.WriteAllText(Path.Combine(_folder, "s.1.wat"), "(func foo)");
        WastScript script = Script("""
            {"source_filename":"s.wast","commands":[
              {"type":"module","line":1,"filename":"s.0.wasm","module_type":"binary"},
              {"type":"assert_malformed","line":2,"filename":"s.1.wat","module_type":"text","text":"unknown operator"},
              {"type":"assert_return","line":3,"action":{"type":"get","field":"g"},"expected":[{"type":"i32","value":"1"}]},
              {"type":"assert_exception","line":4,"action":{"type":"invoke","field":"f","args":[]}}]}
            """);

        WastSummary summary = script.Run();

        Assert.That(summary.Results.Select(result => result.Outcome),
            Is.EqualTo(new[] { WastOutcome.Passed, WastOutcome.Passed, WastOutcome.Failed, WastOutcome.Skipped }));
        Assert.That((summary.Assertions, summary.PassedAssertions, summary.Skipped), Is.EqualTo((3, 1, 1)));
    }

    [Test]
    public void A_module_outside_of_the_scripts_folder_is_not_read()
    {
        WastScript script = Script("""{"commands":[{"type":"module","line":1,"filename":"../../etc/hostname"}]}""");

        Assert.That(script.Run().Failures.Single().Message, Does.StartWith("FileNotFoundException").And.Contain(_folder));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"commands\":[{\"type\":\"module\"}]}")]
    [TestCase("{\"commands\":[{\"type\":\"module\",\"line\":1,\"filename\":5}]}")]
    [TestCase("{\"commands\":[{\"type\":\"module\",\"line\":1,\"filename\":null}]}")]
    [TestCase("{\"commands\":[{\"type\":null,\"line\":1}]}")]
    [TestCase("{\"commands\":[{\"type\":\"action\",\"line\":1,\"action\":{\"type\":\"invoke\",\"field\":\"f\",\"args\":[{\"type\":\"v128\",\"lane_type\":\"i32\",\"value\":[\"1\"]}]}}]}")]
    [TestCase("{\"commands\":[{\"type\":\"action\",\"line\":1,\"action\":{\"type\":\"invoke\",\"field\":\"f\",\"args\":[{\"type\":\"v128\",\"lane_type\":\"i9\",\"value\":[null]}]}}]}")]
    [TestCase("{\"commands\":[{\"type\":\"action\",\"line\":1,\"action\":{\"type\":\"invoke\",\"field\":\"f\",\"args\":[{\"type\":\"i32\",\"value\":\"x\"}]}}]}")]
    public void Json_that_is_no_script_is_refused(string json) => Assert.That(() => Script(json), Throws.TypeOf<FormatException>());

    private WastScript Script(string json)
    {
        string path = Path.Combine(_folder, "s.json");
        File.WriteAllText(path, json);
        return WastScript.Load(path);
    }
}
