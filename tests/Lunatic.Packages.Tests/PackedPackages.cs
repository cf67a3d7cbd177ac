using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lunatic.Packages.Tests;

/// <summary>Packs the solution once, from what is built, into a temporary folder.</summary>
[SetUpFixture]
internal sealed class PackedPackages
{
    /// <summary>Whether the assemblies are those that are published; debug builds have paths of the machine in them.</summary>
    public static bool IsRelease => Configuration == "Release";

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The version of the packages: another one in each run, so that no cache has it.</summary>
    public static string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.0.1-test.{DateTime.UtcNow.Ticks}");

    /// <summary>A folder for everything that is made by the tests.</summary>
    public static string Folder { get; private set; } = null!;

    /// <summary>The folder with the packages.</summary>
    public static string Source => Path.Combine(Folder, "packages");

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    [OneTimeSetUp]
    public static async Task PackAsync()
    {
        Folder = Directory.CreateTempSubdirectory("lunatic-packages-").FullName;
        await DotNetCommand.RunAsync(Repository, "pack", "Lunatic.Runtime.sln", "--no-build", "-c", Configuration, "-o", Source, $"-p:PackageVersion={Version}", $"-p:NuspecOutputPath={Path.Combine(Folder, "nuspec")}", "-warnaserror");
        await WriteConfigurationAsync();
    }

    [OneTimeTearDown]
    public static void Delete() => Directory.Delete(Folder, recursive: true);

    /// <summary>Opens a package (<c>nupkg</c>) or its symbols (<c>snupkg</c>).</summary>
    public static ZipArchive Open(string id, string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(Source, $"{id}.{Version}.{extension}"));

    /// <summary>The program that a package's readme shows.</summary>
    public static async Task<string> ReadProgramAsync(string id)
    {
        using ZipArchive package = Open(id);
        using var reader = new StreamReader(await package.GetEntry("README.md")!.OpenAsync());
        string readme = await reader.ReadToEndAsync();
        return readme.Split("```csharp\n", 2)[1].Split("```", 2)[0];
    }

    // For all that is made below the folder: our packages from here into a cache of its own; those of others are where the machine already has them.
    private static Task WriteConfigurationAsync() => File.WriteAllTextAsync(Path.Combine(Folder, "nuget.config"), $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="here" value="{Source}" />
          </packageSources>
          <fallbackPackageFolders>
            <add key="machine" value="{MachinePackages()}" />
          </fallbackPackageFolders>
          <config>
            <add key="globalPackagesFolder" value="{Path.Combine(Folder, "cache")}" />
            <add key="signatureValidationMode" value="accept" />
          </config>
        </configuration>
        """);

    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string FindRepository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
