using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lunatic.Docs.Tests;

/// <summary>A block of C# in the documentation. Its fence may name a context (<c>```csharp counter</c>), the program that it is a part of; without one it is a whole program.</summary>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Line">The line of the first line of code, from 1.</param>
/// <param name="Context">The context's name, or null.</param>
/// <param name="Code">The code.</param>
internal sealed record Snippet(string File, int Line, string? Context, string Code)
{
    private const string Fence = "```";
    private const string Language = Fence + "csharp";

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder of the contexts.</summary>
    public static string Contexts => Path.Combine(Repository, "tests", "Lunatic.Docs.Tests", "Contexts");

    /// <summary>All blocks of the readmes and the documentation.</summary>
    public static IEnumerable<Snippet> FindAll() =>
        new[] { Path.Combine(Repository, "README.md") }
            .Concat(Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetDirectories(Path.Combine(Repository, "src")).Select(folder => Path.Combine(folder, "README.md")).Where(System.IO.File.Exists))
            .Order(StringComparer.Ordinal)
            .SelectMany(Read);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");

    private static IEnumerable<Snippet> Read(string path)
    {
        string[] lines = System.IO.File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            int start = i + 1;
            int end = Array.FindIndex(lines, start, static line => line.StartsWith(Fence, StringComparison.Ordinal));
            string info = lines[i];
            i = end < 0 ? throw new InvalidDataException($"{path}:{start}: a block that does not end") : end;
            if (info.StartsWith(Language, StringComparison.Ordinal))
            {
                string context = info[Language.Length..].Trim();
                yield return new Snippet(Path.GetRelativePath(Repository, path), start + 1, context.Length == 0 ? null : context, string.Join('\n', lines[start..end]));
            }
        }
    }

    private static string FindRepository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
