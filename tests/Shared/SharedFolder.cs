using System.Runtime.CompilerServices;

namespace Lunatic.TestSupport;

/// <summary>Finds the read-only folder of specification tests, corpora and guest programs (LUNATIC_SHARED, or `shared` beside the repository).</summary>
internal static class SharedFolder
{
    private static readonly string? Root = Find();

    /// <summary>The full path of a file or folder in the shared folder; ignores the running test, with the reason, where there is none.</summary>
    public static string Path(params string[] parts)
    {
        if (Root is null)
            Assert.Ignore("needs the shared folder of guests and specification tests: set LUNATIC_SHARED, or put `shared` beside the repository");
        return System.IO.Path.Combine([Root!, .. parts]);
    }

    /// <summary>Whether the folder is there (for test case sources, which must not ignore).</summary>
    public static bool Exists => Root is not null;

    private static string? Find([CallerFilePath] string thisFile = "")
    {
        if (Environment.GetEnvironmentVariable("LUNATIC_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (DirectoryInfo? folder = new FileInfo(thisFile).Directory; folder is not null; folder = folder.Parent)
        {
            string beside = System.IO.Path.Combine(folder.FullName, "shared");
            if (File.Exists(System.IO.Path.Combine(beside, "design.md")))
                return beside;
        }
        return null;
    }
}
