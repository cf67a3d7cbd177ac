using Lunatic.Wasm.Tests.Scripts;

namespace Lunatic.Wasm.Tests.Validation;

/// <summary>Every binary module of the specification's scripts is accepted, malformed or invalid, as the script says.</summary>
[TestFixture]
public class SpecModulesTests
{
    // The right kind of error in other words. The specification's decoder ignores the ends of sections while it reads an element, so where a
    // length is wrong too it meets another error first; and what needs a feature of Wasm 3.0 is refused for that.
    private static readonly HashSet<string> OtherWords =
    [
        "binary-leb128:218", "binary-leb128:226", "binary-leb128:348", "binary-leb128:405", "binary-leb128:462", "binary-leb128:526",
        "binary-leb128:534", "binary-leb128:542", "binary-leb128:551", "binary-leb128:731", "binary-leb128:750", "binary-leb128:844",
        "binary-leb128:863", "binary-leb128:1068", "binary:93", "binary:738", "binary:999",
        "exports:71", "unreached-invalid:698", "unreached-invalid:764", "unreached-invalid:774",
    ];

    [TestCaseSource(typeof(SpecScripts), nameof(SpecScripts.Level2))]
    public void Modules_of_a_script_are_judged_as_it_says(string script)
    {
        var wrong = new List<string>();
        IReadOnlyList<SpecModule> modules = SpecSuite.Modules(script);
        foreach (SpecModule module in modules)
        {
            (string verdict, string message) = Judge(module.Bytes);
            string wanted = module.Command switch
            {
                "assert_malformed" => "malformed",
                "assert_invalid" => "invalid",
                _ => "valid",
            };
            if (verdict != wanted)
                wrong.Add($"line {module.Line}: {wanted} \"{module.Text}\", but it is {verdict} \"{message}\"");
            else if (wanted != "valid" && message.StartsWith(module.Text, StringComparison.Ordinal) == OtherWords.Contains($"{script}:{module.Line}"))
                wrong.Add($"line {module.Line}: \"{module.Text}\", but the message is \"{message}\"");
        }
        TestContext.Out.WriteLine($"{script}: {modules.Count} binary modules, {modules.Count(module => module.Text != "")} of them refused");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    private static (string Verdict, string Message) Judge(byte[] bytes)
    {
        try
        {
            WasmModule.LoadBinary(bytes);
            return ("valid", "");
        }
        catch (WasmMalformedException exception)
        {
            return ("malformed", exception.Problem);
        }
        catch (WasmInvalidException exception)
        {
            return ("invalid", exception.Problem);
        }
    }
}
