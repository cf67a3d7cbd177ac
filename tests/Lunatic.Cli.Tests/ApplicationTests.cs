namespace Lunatic.Cli.Tests;

/// <summary>Public programs, some of them large, do what they do elsewhere: output, exit status and files.</summary>
internal sealed class ApplicationTests : CommandTestBase
{
    // a server, which needs networking
    private const string Server = "webapp";

    private static IEnumerable<string> Cases() => Applications.Cases.Where(name => name != Server);

    [Test]
    public void The_programs_are_there()
    {
        if (!Cases().Any())
            Assert.Ignore("needs the shared folder and a tar command that knows xz");
        Assert.That(Cases().Count(), Is.EqualTo(25));
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Does_what_it_does_elsewhere(string name)
    {
        string expected = Applications.Case(name);
        Copy(Path.Combine(expected, "dir"), Folder);
        string program = Applications.Module((await File.ReadAllTextAsync(Path.Combine(expected, "app"))).Trim());
        string[] arguments = await File.ReadAllLinesAsync(Path.Combine(expected, "args"));
        string input = Path.Combine(expected, "stdin");

        using LunaticCommand command = LunaticCommand.Start(Folder, ["run", program, "--", .. arguments]);
        CommandResult result = await command.RunAsync(File.Exists(input) ? await File.ReadAllBytesAsync(input) : Array.Empty<byte>());

        Assert.That(result.Output, Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(expected, "expected.stdout"))), result.Error);
        Assert.That(result.Status, Is.EqualTo(int.Parse(await File.ReadAllTextAsync(Path.Combine(expected, "expected.exit")))), result.Error);
        string files = Path.Combine(expected, "expected.dir");
        foreach (string file in Directory.Exists(files) ? Directory.GetFiles(files, "*", SearchOption.AllDirectories) : [])
            Assert.That(await File.ReadAllBytesAsync(Path.Combine(Folder, Path.GetRelativePath(files, file))), Is.EqualTo(await File.ReadAllBytesAsync(file)), file);
    }

    private static void Copy(string source, string target)
    {
        if (!Directory.Exists(source))
            return;
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            // the shared folder's files cannot be written
            File.SetAttributes(copy, FileAttributes.Normal);
        }
    }
}
