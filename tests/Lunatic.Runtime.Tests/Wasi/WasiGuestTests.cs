using Lunatic.TestSupport;

namespace Lunatic.Runtime.Tests.Wasi;

/// <summary>The Rust guests that use WASI, with the output that the reference gives.</summary>
internal sealed class WasiGuestTests
{
    [Test]
    public async Task Files_are_written_listed_renamed_and_removed_and_the_directory_cannot_be_left()
    {
        byte[] module = await File.ReadAllBytesAsync(SharedFolder.Path("guests", "files.wasm"));
        string expected = await File.ReadAllTextAsync(SharedFolder.Path("guests", "expected", "files.txt"));
        DirectoryInfo outer = Directory.CreateTempSubdirectory("lunatic-wasi-");
        try
        {
            string directory = outer.CreateSubdirectory("guest").FullName;
            await File.WriteAllTextAsync(Path.Combine(outer.FullName, "outside.txt"), "outside");
            ProgramResult result = await GuestProgram.RunAsync(module, options =>
            {
                options.Arguments = ["files", directory];
                options.Directories = [new PreopenedDirectory(directory)];
            });
            Assert.That(result.Code, Is.Zero, result.ToString());
            Assert.That(result.Output, Is.EqualTo(expected));
        }
        finally
        {
            outer.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Arguments_and_variables_reach_a_child_and_nothing_else_does()
    {
        byte[] module = await File.ReadAllBytesAsync(SharedFolder.Path("guests", "sandbox.wasm"));
        string expected = await File.ReadAllTextAsync(SharedFolder.Path("guests", "expected", "sandbox.txt"));
        ProgramResult result = await GuestProgram.RunAsync(module, options => options.Arguments = ["sandbox"]);
        Assert.That(result.Output, Is.EqualTo(expected), result.ToString());
    }

    [TestCase("exit", 3)]
    [TestCase("panic", 134)]
    public async Task A_crash_has_its_exit_code(string how, int code)
    {
        byte[] module = await File.ReadAllBytesAsync(SharedFolder.Path("guests", "crash.wasm"));
        ProgramResult result = await GuestProgram.RunAsync(module, options => options.Arguments = ["crash", how]);
        Assert.That(result.Code, Is.EqualTo(code), result.ToString());
    }
}
