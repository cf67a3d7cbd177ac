using Lunatic.Wasm.Compilation.Emission;

namespace Lunatic.Wasm.Tests;

/// <summary>A function that the compiler fails at runs interpreted, so no other test would notice: this one does, after all of them.</summary>
[SetUpFixture]
public class NoCompilerFaults
{
    [OneTimeTearDown]
    public void The_compiler_failed_at_no_function() => Assert.That(CompilerFaults.Count, Is.Zero, () => CompilerFaults.First!.ToString());
}
