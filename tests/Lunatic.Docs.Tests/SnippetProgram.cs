using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lunatic.Docs.Tests;

/// <summary>Makes a program of a snippet and its context, compiles and runs it.</summary>
internal static class SnippetProgram
{
    // this project lets it see its internal types
    private const string Name = "Snippet";

    // where a context wants the snippet; the types that it declares come last
    private const string Place = "/* snippet */";

    // what the SDK gives every program
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<MetadataReference[]> References = new(static () =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The whole program; errors in the snippet are those of its file and line.</summary>
    public static string Compose(Snippet snippet)
    {
        if (snippet.Context is null)
            return $"#line {snippet.Line} \"{snippet.File}\"\n{snippet.Code}\n";
        string path = Path.Combine(Snippet.Contexts, $"{snippet.Context}.cs");
        Assert.That(path, Does.Exist, $"{snippet}: the fence names a context that is not there");
        string[] parts = File.ReadAllText(path).Split(Place);
        Assert.That(parts, Has.Length.EqualTo(2), $"{path} must have one {Place}");

        // statements stand before types in a program, but not always in an explanation
        IReadOnlyList<MemberDeclarationSyntax> members = SyntaxFactory.ParseCompilationUnit(snippet.Code).Members;
        bool mixed = members.Any(static member => member is GlobalStatementSyntax);
        string types = string.Concat(members.Where(member => mixed && member is BaseTypeDeclarationSyntax).Select(member => Located(snippet, member)));
        string code = mixed ? string.Concat(members.Where(static member => member is not BaseTypeDeclarationSyntax).Select(member => Located(snippet, member))) : Located(snippet, 0, snippet.Code);
        return $"{parts[0]}{code}\n#line default\n{parts[1]}{types}";
    }

    /// <summary>Compiles a program; fails with the errors, if there are any. A program without statements is a library.</summary>
    public static byte[] Compile(string program)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(program, options, $"{Name}.cs");
        OutputKind kind = tree.GetCompilationUnitRoot().Members.Any(static member => member is GlobalStatementSyntax) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = CSharpCompilation.Create(
            Name,
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            References.Value,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        using var assembly = new MemoryStream();
        IEnumerable<Diagnostic> errors = compilation.Emit(assembly).Diagnostics.Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        Assert.That(string.Join('\n', errors), Is.Empty, program);
        return assembly.ToArray();
    }

    /// <summary>Runs a program to its end, if it is one.</summary>
    public static async Task RunAsync(byte[] assembly, TimeSpan patience)
    {
        if (Assembly.Load(assembly).EntryPoint is not { } main)
            return;
        object?[] arguments = main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
        Task run = Task.Factory.StartNew(() => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await run.WaitAsync(patience);
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            throw new AssertionException($"the program has not ended within {patience}");
        }
    }

    private static string Located(Snippet snippet, MemberDeclarationSyntax member) =>
        Located(snippet, member.GetLocation().GetLineSpan().StartLinePosition.Line - Count(member.GetLeadingTrivia().ToFullString()), member.ToFullString());

    private static string Located(Snippet snippet, int line, string code) => $"\n#line {snippet.Line + line} \"{snippet.File}\"\n{code}";

    private static int Count(string text) => text.Count(static character => character == '\n');
}
