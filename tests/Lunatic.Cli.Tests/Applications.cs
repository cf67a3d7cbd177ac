using System.Diagnostics;
using Lunatic.TestSupport;

namespace Lunatic.Cli.Tests;

/// <summary>The public programs of the shared folder and what they should do, unpacked into a temporary folder.</summary>
internal static class Applications
{
    private static readonly Lazy<string?> Folder = new(Unpack);

    /// <summary>Names of the cases; none where there is no shared folder or no tar with xz.</summary>
    public static IEnumerable<string> Cases =>
        Folder.Value is string folder ? Directory.GetDirectories(Path.Combine(folder, "cases")).Select(path => Path.GetFileName(path)).Order() : [];

    /// <summary>The folder of a case.</summary>
    public static string Case(string name) => Path.Combine(Folder.Value!, "cases", name);

    /// <summary>A program's module.</summary>
    public static string Module(string name) => Path.Combine(Folder.Value!, "wasm", $"{name}.wasm");

    private static string? Unpack()
    {
        if (!SharedFolder.Exists)
            return null;
        string folder = Directory.CreateTempSubdirectory("lunatic-apps-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        try
        {
            using Process tar = Process.Start("tar", ["-xJf", SharedFolder.Path("apps", "apps.tar.xz"), "-C", folder]);
            return tar.WaitForExit(60_000) && tar.ExitCode == 0 ? folder : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
