namespace Lunatic.Packages.Tests;

/// <summary>The command as a tool of dotnet.</summary>
internal sealed class ToolInstallationTests
{
    [Test]
    public async Task The_installed_command_runs_a_guest()
    {
        string tools = Path.Combine(PackedPackages.Folder, "tools");
        await DotNetCommand.RunAsync(PackedPackages.Folder, "tool", "install", "Lunatic.Cli", "--tool-path", tools, "--version", PackedPackages.Version);

        string command = Path.Combine(tools, OperatingSystem.IsWindows() ? "lunatic.exe" : "lunatic");
        string output = await DotNetCommand.RunProgramAsync(command, PackedPackages.Repository, "run", "samples/guests/hello.wat");

        Assert.That(output, Is.EqualTo("hello from a guest\n"));
    }
}
