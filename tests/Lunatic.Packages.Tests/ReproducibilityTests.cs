using System.IO.Compression;

namespace Lunatic.Packages.Tests;

/// <summary>The same sources give the same assemblies, whoever packs them and where.</summary>
internal sealed class ReproducibilityTests
{
    // the smallest library: all are built with the same properties
    private const string Library = "Lunatic.Runtime.Abstractions";

    [Test]
    public async Task Two_copies_of_the_sources_give_equal_assemblies_and_symbols()
    {
        string first = await PackCopyAsync("copy"), second = await PackCopyAsync("another/copy");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(first, "nupkg", $"{Library}.dll"), Is.EqualTo(Read(second, "nupkg", $"{Library}.dll")));
            Assert.That(Read(first, "nupkg", $"{Library}.xml"), Is.EqualTo(Read(second, "nupkg", $"{Library}.xml")));
            Assert.That(Read(first, "nupkg", "icon.png"), Is.EqualTo(Read(second, "nupkg", "icon.png")));
            Assert.That(Read(first, "snupkg", $"{Library}.pdb"), Is.EqualTo(Read(second, "snupkg", $"{Library}.pdb")));
        }
    }

    private static async Task<string> PackCopyAsync(string name)
    {
        string copy = Path.Combine(PackedPackages.Folder, name), packages = Path.Combine(copy, "packed");
        foreach (string file in Directory.GetFiles(PackedPackages.Repository))
            Copy(file, copy);
        foreach (string file in Directory.GetFiles(Path.Combine(PackedPackages.Repository, "src")))
            Copy(file, copy);
        foreach (string folder in new[] { "Packaging", Library })
        {
            foreach (string file in Directory.GetFiles(Path.Combine(PackedPackages.Repository, "src", folder)))
                Copy(file, copy);
        }
        await DotNetCommand.RunAsync(Path.Combine(copy, "src", Library), "pack", "-c", "Release", "-o", packages, "-p:RunAnalyzers=false");
        return packages;
    }

    private static void Copy(string file, string root)
    {
        string target = Path.Combine(root, Path.GetRelativePath(PackedPackages.Repository, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }

    private static byte[] Read(string packages, string kind, string end)
    {
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(packages, $"*.{kind}").Single());
        using Stream content = package.Entries.Single(entry => entry.FullName.EndsWith(end, StringComparison.Ordinal)).Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
