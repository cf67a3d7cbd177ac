using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Lunatic.TestSupport;

namespace Lunatic.Wasm.Tests.Scripts;

/// <summary>The specification's scripts, unpacked into a temporary folder once per test run.</summary>
internal static partial class SpecScripts
{
    private static readonly Lazy<string> Folder = new(Unpack);
    private static readonly ConcurrentDictionary<string, Lazy<string>> Json = new(StringComparer.Ordinal);

    /// <summary>Names of the scripts of WebAssembly 2.0; a single stand-in, which is ignored, where the shared folder is missing.</summary>
    public static IEnumerable<string> Level2 => SharedFolder.Exists ? [.. Core, .. Simd] : ["(shared folder is missing)"];

    /// <summary>Those of them that need no SIMD.</summary>
    public static string[] Core => Level("2.0 without SIMD");

    /// <summary>Those of them that do.</summary>
    public static string[] Simd => Level("2.0 with SIMD");

    /// <summary>Path of a script in one of its forms.</summary>
    public static string Path(string script, ScriptForm form) =>
        form == ScriptForm.Text ? TextPath(script) : Json.GetOrAdd(script, name => new Lazy<string>(() => Convert(name))).Value;

    private static string TextPath(string script) => System.IO.Path.Combine(Folder.Value, "wast", script + ".wast");

    private static string Convert(string script)
    {
        string folder = System.IO.Path.Combine(Folder.Value, "json", script);
        Directory.CreateDirectory(folder);
        string json = System.IO.Path.Combine(folder, script + ".json");
        Run(SharedFolder.Path("tools", "wasm-tools-linux-x64"), "json-from-wast", TextPath(script), "-o", json, "--wasm-dir", folder);
        return json;
    }

    private static string Unpack()
    {
        string archive = SharedFolder.Path("spec", "spec-testsuite.tar.xz");
        string folder = Directory.CreateTempSubdirectory("lunatic-spec-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Run("tar", "-xf", archive, "-C", folder);
        return folder;
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill();
            Assert.Fail($"{program} {arguments[0]} does not end");
        }
        Assert.That(process.ExitCode, Is.Zero, $"{program}: {errors}");
    }

    private static string[] Level(string name) => LevelPattern().Matches(File.ReadAllText(SharedFolder.Path("spec", "levels.md")))
        .Single(level => level.Groups[1].Value == name).Groups[2].Value.Split(' ');

    [GeneratedRegex(@"^## ([^:\n]+):[^\n]*\n([^\n]+)", RegexOptions.Multiline)]
    private static partial Regex LevelPattern();
}
