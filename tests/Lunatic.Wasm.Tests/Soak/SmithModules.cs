using System.Diagnostics;
using System.Text.Json;
using Lunatic.TestSupport;

namespace Lunatic.Wasm.Tests.Soak;

/// <summary>Fresh random modules, with what another engine did with them, in a folder that is deleted afterwards.</summary>
internal sealed class SmithModules : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("lunatic-smith-").FullName;

    private SmithModules()
    {
    }

    /// <summary>The modules and their lines of expected.jsonl.</summary>
    public IEnumerable<(string Path, JsonElement Expected)> All =>
        File.ReadLines(Path.Combine(_folder, "expected.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(expected => (Path.Combine(_folder, expected.GetProperty("module").GetString()!), expected));

    /// <summary>Makes modules. Ignores the running test, with the reason, where the tool is missing.</summary>
    /// <param name="profile">"core" or "simd".</param>
    /// <param name="count">How many.</param>
    /// <param name="firstSeed">Of the first module; the others have those that follow, about twice as many as there are modules.</param>
    public static SmithModules Make(string profile, int count, long firstSeed)
    {
        string tool = SharedFolder.Path("tools", "smith-linux-x64");
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !File.Exists(tool))
            Assert.Ignore("needs tools/smith-linux-x64 of the shared folder, and Linux on x64");
        var modules = new SmithModules();
        string[] arguments = [profile, $"{count}", modules._folder, $"{firstSeed}"];
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{tool} {string.Join(' ', arguments)} does not end");
        }
        Assert.That(process.ExitCode, Is.Zero, () => $"{tool} {string.Join(' ', arguments)}: {errors} {output.Result}");
        return modules;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
