using System.Diagnostics;
using Lunatic.TestSupport;
using Lunatic.Wasm.Compilation;

namespace Lunatic.Wasm.Tests.Validation;

/// <summary>The modules that wasm-smith made for Wasm 2.0 are all valid, and every function of theirs can be lowered.</summary>
[TestFixture]
public class FuzzCorpusTests
{
    [TestCase("core")]
    [TestCase("simd")]
    public void Every_module_of_the_corpus_is_valid_and_its_jumps_have_targets(string profile)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lunatic-fuzz-");
        try
        {
            using (Process tar = Process.Start("tar", ["-xf", SharedFolder.Path("fuzz", "corpus.tar.xz"), "-C", folder.FullName, profile]))
                Assert.That(tar.WaitForExit(TimeSpan.FromSeconds(60)), Is.True, "tar does not end");
            string[] files = Directory.GetFiles(Path.Combine(folder.FullName, profile), "*.wasm");
            Assert.That(files, Has.Length.EqualTo(200));
            Assert.Multiple(() =>
            {
                foreach (string file in files)
                    Assert.That(() => LowerAll(WasmModule.Load(File.ReadAllBytes(file))), Throws.Nothing, Path.GetFileName(file));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void LowerAll(WasmModule module)
    {
        for (int index = module.Definition.ImportedFunctions; index < module.Definition.FunctionTypes.Length; index++)
        {
            Instruction[] code = SiteAnalysis.Analyze(module.Definition, index).Function.Instructions;
            foreach (Instruction instruction in code)
            {
                if (instruction.Opcode is >= Opcode.Jump and <= Opcode.JumpIfZero && (uint)instruction.A >= (uint)code.Length)
                    throw new InvalidOperationException($"function {index}: {instruction.Opcode} to {instruction.A}");
            }
        }
    }
}
