namespace Lunatic.Packages.Tests;

/// <summary>A new application, made as a user makes one: from a template of the SDK, with a package added. The repository's build files do not reach it.</summary>
internal sealed class FreshApplication
{
    private readonly string _folder;

    private FreshApplication(string name) => _folder = Path.Combine(PackedPackages.Folder, name);

    /// <summary>What was built: the argument of <c>dotnet</c> that runs it.</summary>
    public string Assembly => Path.Combine(_folder, "bin", "Release", "net10.0", $"{Path.GetFileName(_folder)}.dll");

    /// <summary>Makes the application with the program of a package's readme and builds it.</summary>
    public static async Task<FreshApplication> BuildAsync(string template, string name, string package)
    {
        var application = new FreshApplication(name);
        await DotNetCommand.RunAsync(PackedPackages.Folder, "new", template, "-o", name, "--no-restore");
        await DotNetCommand.RunAsync(application._folder, "add", "package", package, "--version", PackedPackages.Version);
        await File.WriteAllTextAsync(Path.Combine(application._folder, "Program.cs"), await PackedPackages.ReadProgramAsync(package));
        await DotNetCommand.RunAsync(application._folder, "build", "--no-restore", "-c", "Release", "-warnaserror");
        return application;
    }
}
