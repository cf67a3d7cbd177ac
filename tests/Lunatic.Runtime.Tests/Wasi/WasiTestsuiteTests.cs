using System.Text.Json;

namespace Lunatic.Runtime.Tests.Wasi;

/// <summary>
/// The programs of WebAssembly/wasi-testsuite (branch prod/testsuite-base): <c>WASI_TESTSUITE</c> names the checkout. A program <c>X.wasm</c> runs as <c>X.json</c>
/// says: arguments, variables, a directory given as the root, exit code, output.
/// </summary>
internal sealed class WasiTestsuiteTests
{
    private const string NoSuite = "no suite";

    [TestCaseSource(nameof(Programs))]
    public async Task A_program_of_the_suite_passes(string program)
    {
        if (program == NoSuite)
            Assert.Ignore("needs WASI_TESTSUITE: a checkout of WebAssembly/wasi-testsuite, branch prod/testsuite-base");
        string path = Path.Combine(Suite!, program);
        string description = Path.ChangeExtension(path, ".json");
        using var json = JsonDocument.Parse(File.Exists(description) ? await File.ReadAllTextAsync(description) : "{}");
        JsonElement root = json.RootElement;
        DirectoryInfo copy = Directory.CreateTempSubdirectory("lunatic-wasi-");
        try
        {
            ProgramResult result = await GuestProgram.RunAsync(await File.ReadAllBytesAsync(path), options =>
            {
                options.Arguments = [Path.GetFileName(path), .. Strings(root, "args")];
                if (root.TryGetProperty("env", out JsonElement variables))
                    options.Variables = variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);
                if (root.TryGetProperty("root", out JsonElement directory))
                {
                    Copy(Path.Combine(Path.GetDirectoryName(path)!, directory.GetString()!), copy.FullName);
                    options.Directories = [new PreopenedDirectory(copy.FullName, "/")];
                }
            });
            Assert.That(result.Code, Is.EqualTo(root.TryGetProperty("exit_code", out JsonElement code) ? code.GetInt32() : 0), result.ToString());
            if (root.TryGetProperty("stdout", out JsonElement output))
                Assert.That(result.Output, Is.EqualTo(output.GetString()));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static string? Suite => Environment.GetEnvironmentVariable("WASI_TESTSUITE") is { Length: > 0 } suite && Directory.Exists(suite) ? suite : null;

    private static IEnumerable<string> Programs() => Suite is null
        ? [NoSuite]
        : Directory.GetFiles(Suite, "*.wasm", SearchOption.AllDirectories)
            .Where(static path => Path.GetFileName(Path.GetDirectoryName(path)) == "wasm32-wasip1")
            .Select(static path => Path.GetRelativePath(Suite, path))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Strings(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray().Select(static item => item.GetString()!) : [];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string directory in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
