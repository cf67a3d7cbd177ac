namespace Lunatic.Docs.Tests;

/// <summary>All C# of the documentation compiles, and does what it says.</summary>
internal sealed class SnippetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // its program serves for ever; the tests of the packages run it
    private static readonly string[] Servers = ["src/Lunatic.Runtime.AspNetCore/README.md"];

    private static IEnumerable<TestCaseData> Snippets => Snippet.FindAll().Select(static snippet => new TestCaseData(snippet).SetArgDisplayNames(snippet.ToString()));

    [TestCaseSource(nameof(Snippets))]
    public async Task Works(Snippet snippet)
    {
        byte[] program = SnippetProgram.Compile(SnippetProgram.Compose(snippet));
        if (!Servers.Contains(snippet.File))
            await SnippetProgram.RunAsync(program, Patience);
    }

    [Test]
    public void Each_context_is_used()
    {
        IEnumerable<string> there = Directory.GetFiles(Snippet.Contexts).Select(static path => Path.GetFileNameWithoutExtension(path));

        Assert.That(Snippet.FindAll().Select(static snippet => snippet.Context).OfType<string>().Distinct(), Is.EquivalentTo(there));
    }

    [Test]
    public void An_error_is_found_and_located()
    {
        var snippet = new Snippet("docs/wrong.md", 17, null, "int number =\n    \"no number\";");

        Assert.That(() => SnippetProgram.Compile(SnippetProgram.Compose(snippet)), Throws.InstanceOf<AssertionException>().With.Message.Contains("docs/wrong.md(18,5): error CS0029"));
    }
}
