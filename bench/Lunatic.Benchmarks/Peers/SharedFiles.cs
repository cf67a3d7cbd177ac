using System.Runtime.CompilerServices;

namespace Lunatic.Benchmarks.Peers;

/// <summary>Finds the read-only folder of guests and peers: LUNATIC_SHARED, or `shared` beside the repository.</summary>
internal static class SharedFiles
{
    public const string Missing = "needs the shared folder of guests and peers: set LUNATIC_SHARED, or put `shared` beside the repository";

    private static readonly string? Root = FindRoot();

    /// <summary>The full path of a file; null where it is not to be had.</summary>
    public static string? Find(params string[] parts)
    {
        if (Root is null)
            return null;
        string path = Path.Combine([Root, .. parts]);
        return File.Exists(path) ? path : null;
    }

    private static string? FindRoot([CallerFilePath] string thisFile = "")
    {
        if (Environment.GetEnvironmentVariable("LUNATIC_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (DirectoryInfo? folder = new FileInfo(thisFile).Directory; folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(beside, "peers")))
                return beside;
        }
        return null;
    }
}
