using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Lunatic.Packages.Tests;

/// <summary>What is in the packages, and what they say about themselves.</summary>
internal sealed class PackageContentTests
{
    private const string Tool = "Lunatic.Cli";

    private static readonly string[] Libraries =
        ["Lunatic.Runtime", "Lunatic.Runtime.Abstractions", "Lunatic.Runtime.AspNetCore", "Lunatic.Runtime.Testing", "Lunatic.Wasm"];

    private static readonly string[] All = [Tool, .. Libraries];

    [Test]
    public void There_are_the_libraries_their_symbols_and_the_tool()
    {
        string[] expected = [.. All.Select(id => $"{id}.{PackedPackages.Version}.nupkg"), .. Libraries.Select(id => $"{id}.{PackedPackages.Version}.snupkg")];

        Assert.That(Directory.GetFiles(PackedPackages.Source).Select(path => Path.GetFileName(path)), Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(All))]
    public void Says_what_it_is(string id)
    {
        using ZipArchive package = PackedPackages.Open(id);
        XElement metadata = Metadata(package, id);

        string? Value(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value("license"), Is.EqualTo("Apache-2.0 OR MIT"));
            Assert.That(Value("readme"), Is.EqualTo("README.md"));
            Assert.That(Value("icon"), Is.EqualTo("icon.png"));
            Assert.That(Value("description"), Has.Length.GreaterThan(40));
            Assert.That(Value("tags"), Does.Contain("webassembly"));
            Assert.That(Value("authors"), Is.Not.Empty);
            Assert.That(Value("copyright"), Is.Not.Empty);
        }
    }

    [TestCaseSource(nameof(All))]
    public void Has_readme_licences_and_icon(string id)
    {
        using ZipArchive package = PackedPackages.Open(id);

        Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(new[] { "README.md", "LICENSE-APACHE", "LICENSE-MIT", "icon.png" }));
        Assert.That(Encoding.UTF8.GetString(Read(package, "LICENSE-MIT")), Does.StartWith("MIT License"));
        Assert.That(Encoding.UTF8.GetString(Read(package, "LICENSE-APACHE")), Does.Contain("Apache License"));
        byte[] icon = Read(package, "icon.png");
        Assert.That(icon.Take(8), Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        // the size that registries ask for, and their limit
        Assert.That(icon.Skip(16).Take(8), Is.EqualTo(new byte[] { 0, 0, 0, 128, 0, 0, 0, 128 }));
        Assert.That(icon, Has.Length.LessThan(1 << 20));
    }

    [TestCaseSource(nameof(Libraries))]
    public void A_library_is_an_assembly_its_documentation_and_its_symbols(string id)
    {
        using ZipArchive package = PackedPackages.Open(id), symbols = PackedPackages.Open(id, "snupkg");

        Assert.That(Files(package), Is.EquivalentTo(new[] { $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml" }));
        Assert.That(Files(symbols), Is.EquivalentTo(new[] { $"lib/net10.0/{id}.pdb" }));
        Assert.That(Encoding.UTF8.GetString(Read(package, $"lib/net10.0/{id}.xml")), Does.Contain("<summary>"));
    }

    [TestCaseSource(nameof(Libraries))]
    public void An_assembly_is_the_same_wherever_it_is_built(string id)
    {
        if (!PackedPackages.IsRelease)
            Assert.Ignore("debug builds keep the machine's paths, so that debuggers find the sources");
        using ZipArchive package = PackedPackages.Open(id), symbols = PackedPackages.Open(id, "snupkg");
        byte[] assembly = Read(package, $"lib/net10.0/{id}.dll");
        using var image = new PEReader(new MemoryStream(assembly));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(symbols, $"lib/net10.0/{id}.pdb")));
        MetadataReader information = provider.GetMetadataReader();
        string[] sources = [.. information.Documents.Select(handle => information.GetString(information.GetDocument(handle).Name))];

        Assert.That(image.ReadDebugDirectory().Select(entry => entry.Type), Has.Member(DebugDirectoryEntryType.Reproducible));
        Assert.That(Encoding.Latin1.GetString(assembly), Does.Not.Contain(PackedPackages.Repository));
        Assert.That(sources, Is.Not.Empty.And.All.StartsWith("/_/"));
        Assert.That(information.Documents.All(document => HasSource(information, document)), "each source is in the symbols");
    }

    [TestCase("Lunatic.Wasm", new string[0])]
    [TestCase("Lunatic.Runtime.Abstractions", new[] { "Microsoft.Extensions.DependencyInjection.Abstractions" })]
    [TestCase("Lunatic.Runtime", new[]
    {
        "Lunatic.Runtime.Abstractions", "Lunatic.Wasm", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options.ConfigurationExtensions", "SQLitePCLRaw.bundle_e_sqlite3",
    })]
    [TestCase("Lunatic.Runtime.AspNetCore", new[] { "Lunatic.Runtime" })]
    [TestCase("Lunatic.Runtime.Testing", new[] { "Lunatic.Runtime" })]
    [TestCase(Tool, new string[0])]
    public void Depends_on(string id, string[] dependencies)
    {
        using ZipArchive package = PackedPackages.Open(id);
        XElement metadata = Metadata(package, id);
        XElement[] found = [.. metadata.Descendants(metadata.Name.Namespace + "dependency")];

        Assert.That(found.Select(dependency => dependency.Attribute("id")!.Value), Is.EquivalentTo(dependencies));
        Assert.That(found.Where(dependency => dependency.Attribute("id")!.Value.StartsWith("Lunatic.", StringComparison.Ordinal)).Select(dependency => dependency.Attribute("version")!.Value), Is.All.EqualTo(PackedPackages.Version));
    }

    private static bool HasSource(MetadataReader symbols, DocumentHandle document)
    {
        var embeddedSource = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        return symbols.GetCustomDebugInformation(document).Any(handle => symbols.GetGuid(symbols.GetCustomDebugInformation(handle).Kind) == embeddedSource);
    }

    private static XElement Metadata(ZipArchive package, string id) => XDocument.Load(new MemoryStream(Read(package, $"{id}.nuspec"))).Root!.Elements().First();

    private static IEnumerable<string> Files(ZipArchive package) => package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal));

    private static byte[] Read(ZipArchive package, string name)
    {
        using var content = new MemoryStream();
        using Stream entry = package.GetEntry(name)!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }
}
