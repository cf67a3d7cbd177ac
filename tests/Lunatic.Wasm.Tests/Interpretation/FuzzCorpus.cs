using System.Diagnostics;
using System.Text.Json;
using Lunatic.TestSupport;

namespace Lunatic.Wasm.Tests.Interpretation;

/// <summary>The corpus of random modules with known behaviour, unpacked into a temporary folder.</summary>
internal static class FuzzCorpus
{
    private static readonly Lazy<string?> Folder = new(Unpack);

    /// <summary>The lines of a profile's expected.jsonl, by module; empty where there is no shared folder or no tar with xz.</summary>
    public static IEnumerable<(string Module, JsonElement Expected)> Read(string profile)
    {
        if (Folder.Value is null)
            yield break;
        foreach (string line in File.ReadLines(Path.Combine(Folder.Value, profile, "expected.jsonl")))
        {
            JsonElement expected = JsonDocument.Parse(line).RootElement;
            yield return (Path.Combine(Folder.Value, profile, expected.GetProperty("module").GetString()!), expected);
        }
    }

    private static string? Unpack()
    {
        if (!SharedFolder.Exists)
            return null;
        string archive = SharedFolder.Path("fuzz", "corpus.tar.xz");
        string folder = Directory.CreateTempSubdirectory("lunatic-fuzz-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        try
        {
            using Process tar = Process.Start("tar", ["-xJf", archive, "-C", folder]);
            return tar.WaitForExit(60_000) && tar.ExitCode == 0 ? folder : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
