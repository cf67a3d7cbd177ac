using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lunatic.TestSupport;

namespace Lunatic.Wasm.Tests.Validation;

/// <summary>The modules of the specification's scripts in binary, made once per test run in a temporary folder.</summary>
internal static class SpecSuite
{
    private static readonly Lazy<string> Folder = new(Extract);

    /// <summary>The scripts of level "2.0 without SIMD".</summary>
    public static IEnumerable<string> Scripts
    {
        get
        {
            if (!SharedFolder.Exists)
                return ["none"];
            string levels = File.ReadAllText(SharedFolder.Path("spec", "levels.md"));
            return Regex.Match(levels, @"## 2\.0 without SIMD[^\n]*\n([^\n]+)").Groups[1].Value.Split(' ');
        }
    }

    /// <summary>The binary modules of a script with what the script says of each.</summary>
    public static IReadOnlyList<SpecModule> Modules(string script)
    {
        string output = Path.Combine(Folder.Value, "json", script);
        Directory.CreateDirectory(output);
        string json = Path.Combine(output, "script.json");
        Run(SharedFolder.Path("tools", "wasm-tools-linux-x64"),
            "json-from-wast", Path.Combine(Folder.Value, "wast", script + ".wast"), "-o", json, "--wasm-dir", output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(json));
        var modules = new List<SpecModule>();
        foreach (JsonElement command in document.RootElement.GetProperty("commands").EnumerateArray())
        {
            if (!command.TryGetProperty("filename", out JsonElement file) || !file.GetString()!.EndsWith(".wasm", StringComparison.Ordinal))
                continue;
            modules.Add(new SpecModule(
                command.GetProperty("line").GetInt32(),
                command.GetProperty("type").GetString()!,
                command.TryGetProperty("text", out JsonElement text) ? text.GetString()! : "",
                File.ReadAllBytes(Path.Combine(output, file.GetString()!))));
        }
        return modules;
    }

    private static string Extract()
    {
        string folder = Directory.CreateTempSubdirectory("lunatic-spec-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Run("tar", "-xf", SharedFolder.Path("spec", "spec-testsuite.tar.xz"), "-C", folder);
        return folder;
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill();
            Assert.Fail($"{program} does not end");
        }
        Assert.That(process.ExitCode, Is.Zero, $"{program}: {errors}");
    }
}
