using Lunatic.Wasm.Scripts;

namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>What the readers make of all scripts of the level together.</summary>
public sealed class SpecSuiteTests
{
    // levels.md; counted are the commands whose name begins with assert_
    private const int CoreAssertions = 25_347;
    private const int SimdAssertions = 25_515;

    [TestCase(ScriptForm.Text)]
    [TestCase(ScriptForm.Json)]
    public void The_levels_have_the_known_number_of_assertions(ScriptForm form)
    {
        Assert.That(Count(SpecScripts.Core), Is.EqualTo(CoreAssertions));
        Assert.That(Count(SpecScripts.Simd), Is.EqualTo(SimdAssertions));

        int Count(IEnumerable<string> scripts) => scripts.Sum(script => WastScript.Load(SpecScripts.Path(script, form)).Assertions);
    }

    [TestCaseSource(typeof(SpecScripts), nameof(SpecScripts.Level2))]
    public void Text_modules_are_encoded_as_wasm_tools_does(string name)
    {
        IReadOnlyList<ScriptCommand> text = WastScript.Load(SpecScripts.Path(name, ScriptForm.Text)).Content;
        IReadOnlyList<ScriptCommand> json = WastScript.Load(SpecScripts.Path(name, ScriptForm.Json)).Content;
        Assert.That(text.Select(command => command.Kind), Is.EqualTo(json.Select(command => command.Kind)));

        var different = new List<string>();
        int modules = 0;
        for (int i = 0; i < text.Count; i++)
        {
            if (Source(text[i]) is not ModuleSource source)
                continue;
            modules++;
            if (Encoding(source) != Encoding(Source(json[i])!))
                different.Add($"line {text[i].Line}: {Encoding(source)}\n  wasm-tools: {Encoding(Source(json[i])!)}");
        }
        TestContext.Out.WriteLine($"{name}: {modules} modules");
        Assert.That(different, Is.Empty);
    }

    private static ModuleSource? Source(ScriptCommand command) => command switch
    {
        ModuleCommand module => module.Source,
        AssertModuleCommand assertion => assertion.Source,
        _ => null,
    };

    private static string Encoding(ModuleSource source)
    {
        try
        {
            return Convert.ToHexString(WithoutCustomSections(source.Encode().Span));
        }
        catch (WasmMalformedException exception)
        {
            return exception.Problem;
        }
    }

    // names are ours; what is no module stays as it is
    private static byte[] WithoutCustomSections(ReadOnlySpan<byte> module)
    {
        const int Header = 8;
        if (!module.StartsWith("\0asm\u0001\0\0\0"u8))
            return module.ToArray();
        var kept = new List<byte>(module[..Header].ToArray());
        for (int position = Header; position < module.Length;)
        {
            int start = position;
            bool custom = module[position++] == 0;
            ulong length = 0;
            for (int shift = 0; ; shift += 7)
            {
                if (position >= module.Length || shift > 28)
                    return module.ToArray();
                length |= (ulong)(module[position] & 0x7F) << shift;
                if (module[position++] < 0x80)
                    break;
            }
            if (length > (ulong)(module.Length - position))
                return module.ToArray();
            position += (int)length;
            if (!custom)
                kept.AddRange(module[start..position]);
        }
        return [.. kept];
    }
}
